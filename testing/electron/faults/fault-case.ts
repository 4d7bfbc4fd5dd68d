import { describeError } from '../../../shared/describe-error.ts'
import type { Batch } from '../../../shared/batch.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { ApiFetch } from '../../../electron/mathpix/api-fetch.ts'
import { describeWaiting } from '../../../electron/mathpix/poll.ts'
import type { FaultServer } from '../fault-server.ts'

/**
 * One fault: what the server, the network or the clock does to a batch of two images (to one image in an upload), and what has to
 * become of it. The cases are run against the real client and are the rows of docs/failures.md.
 */
export type FaultCase = {
  /** What happens, as a person would tell it. Unique; the first column of the table. */
  readonly name: string
  /** `send`: the batch is sent. `ask`: it was accepted and its results are asked for. `upload`: an image is sent alone. */
  readonly at: 'send' | 'ask' | 'upload'
  /** The engine inside the app bills nothing, so that other rules hold. */
  readonly engine?: 'local'
  /** The images have addresses; else they are files and travel inside the request. */
  readonly images?: 'by_address'
  readonly arrange: (scene: Scene) => void | Promise<void>
  readonly ends: Ending
  /** How often the server sees the batch or the image sent. */
  readonly sends: number
  /** How many images the server sees uploaded after it refused them inside the request. */
  readonly uploads?: number
  /** Further things that have to be true at the end. */
  readonly check?: (scene: Scene, batch: Batch) => void
}

/** What a case may change. */
export type Scene = {
  readonly server: FaultServer
  /** The address that the client is told; the server's own unless changed. */
  baseUrl: string
  timeouts: { readonly post?: number; readonly get?: number } | undefined
  fetch: ApiFetch
  /** Milliseconds by which the clock of this computer is wrong. */
  clockError: number
  /** Called with what was waited in all, ms, each time the client waits. */
  onWait: ((waitedMs: number) => void) | undefined
  /** Every wait of the client, ms. */
  readonly waits: number[]
  /** Done when the case is over. */
  readonly cleanUp: (() => void)[]
}

export type Ending =
  /** All images are read; the user is told nothing. */
  | { readonly kind: 'unnoticed' }
  /** All images are read; meanwhile a notice says why nothing moves. */
  | { readonly kind: 'goes_on'; readonly notice: string }
  /** Nothing was accepted, nothing is billed: the images are ready again; `notice` stood there before. */
  | { readonly kind: 'comes_back'; readonly error: AppError; readonly notice?: string }
  /** Nobody knows: the images wait for the user's choice. */
  | { readonly kind: 'unclear'; readonly message: string; readonly notice?: string }
  /** One image failed, the other was read; or all failed. */
  | {
      readonly kind: 'image_fails'
      readonly error: AppError
      readonly isAll?: true
      readonly notice?: string
    }
  /** The accepted batch is lost: its images failed. */
  | { readonly kind: 'batch_fails'; readonly error: AppError }

export const unnoticed: Ending = { kind: 'unnoticed' }
/** Goes on after a wait for this reason. */
export const goesOn = (error: AppError): Ending => ({
  kind: 'goes_on',
  notice: describeWaiting(error, 0).reason,
})
/** Gives up after waiting for the same reason. */
export const givesUp = (error: AppError): Ending => ({
  kind: 'comes_back',
  error,
  notice: describeWaiting(error, 0).reason,
})
export const comesBack = (error: AppError): Ending => ({ kind: 'comes_back', error })
/** `after`: what it was waited for before, if anything. */
export const unclear = (message: string, after?: AppError): Ending => ({
  kind: 'unclear',
  message,
  ...(after === undefined ? {} : { notice: describeWaiting(after, 0).reason }),
})
export const imageFails = (error: AppError, which?: 'all', notice?: string): Ending => ({
  kind: 'image_fails',
  error,
  ...(which === 'all' ? { isAll: true } : {}),
  ...(notice === undefined ? {} : { notice }),
})
export const batchFails = (error: AppError): Ending => ({ kind: 'batch_fails', error })

/** What the user reads while a case lasts and at its end. */
export function wordsOf(ending: Ending): string[] {
  switch (ending.kind) {
    case 'unnoticed':
      return []
    case 'goes_on':
      return [ending.notice]
    case 'unclear':
      return [
        ...(ending.notice === undefined ? [] : [ending.notice]),
        sentence(describeError({ kind: 'unclear_post', message: ending.message }), ending.message),
      ]
    case 'comes_back':
      return [...(ending.notice === undefined ? [] : [ending.notice]), sentence(describeError(ending.error))]
    default: {
      const { error } = ending
      const notices = 'notice' in ending ? [ending.notice] : []
      return [...notices, sentence(describeError(error), error.kind === 'unclear_post' ? error.message : '')]
    }
  }
}

export function sentence({ title, hint }: { title: string; hint: string }, before = ''): string {
  return `${before} ${/[.!?…]$/.test(title) ? title : `${title}.`} ${hint}`.trim()
}
