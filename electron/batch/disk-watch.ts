import type { StorageError } from '../../shared/errors.ts'
import type { BatchRecord } from './batch-record.ts'
import type { TimedDeps } from './service-deps.ts'

/** A full disk fails every write: one notice in so many milliseconds is enough. */
const NOTICE_EVERY = 10_000
const TRY_AGAIN_EVERY = 5_000

/** Says that the disk refuses what is to be saved, and goes on trying until all of it is saved. */
export class DiskWatch {
  readonly #deps: Pick<TimedDeps, 'elapsed' | 'sleep' | 'log' | 'events'>
  readonly #unsaved = new Set<BatchRecord>()
  readonly #end = new AbortController()
  #lastNotice = -Infinity
  #isTrying = false

  constructor(deps: Pick<TimedDeps, 'elapsed' | 'sleep' | 'log' | 'events'>) {
    this.#deps = deps
  }

  /** Called for each write of a batch that failed; `error` says why in plain words. */
  refused(record: BatchRecord, error: StorageError): void {
    this.tell(error)
    this.#unsaved.add(record)
    if (!this.#isTrying) void this.#tryAgain()
  }

  /** Says why the disk refused something, but not every time. */
  tell({ message }: StorageError): void {
    this.#deps.log.error(message)
    const now = this.#deps.elapsed()
    if (now - this.#lastNotice < NOTICE_EVERY) return
    this.#lastNotice = now
    this.#deps.events.onNotice({ tone: 'problem', message, about: 'disk' })
  }

  /** For a batch that is deleted: there is nothing to save any more. */
  forget(record: BatchRecord): void {
    this.#unsaved.delete(record)
  }

  close(): void {
    this.#end.abort()
  }

  async #tryAgain(): Promise<void> {
    this.#isTrying = true
    let isSaved = false
    while (this.#unsaved.size > 0) {
      await this.#deps.sleep(TRY_AGAIN_EVERY, this.#end.signal)
      if (this.#end.signal.aborted) return
      for (const record of this.#unsaved) {
        if (!(await record.flush()).ok) continue
        this.#unsaved.delete(record)
        isSaved = true
      }
    }
    this.#isTrying = false
    this.#lastNotice = -Infinity
    if (isSaved) this.#deps.events.onNotice({ tone: 'info', message: ALL_SAVED, about: 'disk' })
  }
}

const ALL_SAVED = 'The disk takes changes again; all of them are saved.'
