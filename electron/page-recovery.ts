/**
 * What a page opens by itself: all as it was left, the batch without an image under review, or nothing. A page that died or hung
 * comes back with less, because what it showed may be the cause.
 */
export type Opens = 'image' | 'batch' | 'nothing'

export type PageRecovery = {
  readonly opens: () => Opens
  /** The page died, or hangs and was ended. Loads it again, unless that has failed too often: then the user is asked. */
  readonly pageFailed: (how: 'died' | 'hung') => void
}

/** A page that lived this long has shown that it can: what happens later is a first time again. */
const STABLE_MS = 120_000
/** So many failures in a row are not about a batch any more. */
const GIVES_UP_AT = 5

export function createPageRecovery(deps: {
  /** Milliseconds that never go backwards. */
  readonly elapsed: () => number
  readonly reload: () => void
  readonly giveUp: () => void
  readonly tell: (message: string) => void
  /** The name of the batch that the page shows. */
  readonly shownBatch: () => string | undefined
}): PageRecovery {
  let failures = 0
  let loadedAt = deps.elapsed()
  const opens = (): Opens => (failures === 0 ? 'image' : failures === 1 ? 'batch' : 'nothing')
  return {
    opens,
    pageFailed(how) {
      failures = deps.elapsed() - loadedAt > STABLE_MS ? 1 : failures + 1
      loadedAt = deps.elapsed()
      if (failures >= GIVES_UP_AT) {
        failures = 2
        deps.giveUp()
        return
      }
      deps.tell(explain(how, opens(), deps.shownBatch()))
      deps.reload()
    },
  }
}

function explain(how: 'died' | 'hung', opens: Opens, batch: string | undefined): string {
  const what = how === 'died' ? 'The window stopped' : 'The window did not respond'
  if (opens === 'batch' || batch === undefined)
    return `${what} and was loaded again. Batches go on, and nothing that was saved is lost.`
  return `${what} again with “${batch}” open, so that batch is not opened by itself. Choose it in the batch menu to open it.`
}
