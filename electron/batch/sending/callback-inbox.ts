import { nanoid } from 'nanoid'
import type { Submission } from '../../../shared/batch.ts'
import { isMissed } from '../../../shared/unclear-rules.ts'
import type { FileHost } from '../../hosting/file-host.ts'
import type { Log } from '../../log.ts'
import type { BatchRecord } from '../batch-record.ts'
import { applyCallback, judgeCallback, readCallback, type TakenCallback } from './take-callback.ts'

export type InboxDeps = {
  readonly host: FileHost
  readonly log: Log
  readonly now: () => number
  /** The submission has changed by a callback: its poll has to look again, or to begin. */
  readonly onTaken: (record: BatchRecord, submissionId: string) => void
}

/**
 * Listens for the callbacks of all submissions that may get one. What comes before the reply to the POST is kept until that is read:
 * should the reply be lost, the callback takes its place.
 */
export class CallbackInbox {
  readonly #deps: InboxDeps
  readonly #early = new Map<string, TakenCallback>()
  readonly #listening = new Map<string, BatchRecord>()
  #isClosed = false

  constructor(deps: InboxDeps) {
    this.#deps = deps
  }

  /** From now on, if the submission has a callback of the app's own. */
  listen(record: BatchRecord, submissionId: string): void {
    const secret = record.callbackOf(submissionId)
    if (!secret) return
    this.#listening.set(submissionId, record)
    this.#deps.host.callbacks.expect(secret, (body) => {
      this.#take(record, submissionId, body).catch((error: unknown) => {
        this.#deps.log.error('callback could not be taken in', error)
      })
    })
  }

  /** After the end of a submission a callback has nothing more to say. */
  leave(record: BatchRecord, submissionId: string): void {
    const submission = record.submission(submissionId)
    if (submission && (isOpen(submission) || isMissed(submission))) return
    const secret = record.callbackOf(submissionId)
    if (secret) this.#deps.host.callbacks.forget(secret)
    this.#listening.delete(submissionId)
    this.#early.delete(submissionId)
  }

  /** Uses what came while the POST was on its way. */
  async settleEarly(record: BatchRecord, submissionId: string): Promise<void> {
    const early = this.#early.get(submissionId)
    if (!early || record.submission(submissionId)?.state === 'submitting') return
    this.#early.delete(submissionId)
    await this.#use(record, submissionId, early)
  }

  close(): void {
    this.#isClosed = true
    for (const [id, record] of this.#listening) {
      const secret = record.callbackOf(id)
      if (secret) this.#deps.host.callbacks.forget(secret)
    }
    this.#listening.clear()
  }

  async #take(record: BatchRecord, submissionId: string, body: unknown): Promise<void> {
    const callback = readCallback(body)
    if (callback) await this.#use(record, submissionId, callback)
    else this.#deps.log.warn('callback not understood')
  }

  async #use(record: BatchRecord, submissionId: string, callback: TakenCallback): Promise<void> {
    const submission = record.submission(submissionId)
    if (!submission || this.#isClosed) return
    const fate = judgeCallback(submission, callback)
    this.#deps.log.info('callback', { fate, images: Object.keys(callback.results).length })
    if (fate === 'keep_for_later') this.#early.set(submissionId, callback)
    if (fate !== 'use') return
    const next = { id: nanoid(12), submittedAt: new Date(this.#deps.now()).toISOString() }
    await record.update((batch) => applyCallback(batch, submissionId, callback, next))
    this.#deps.onTaken(record, submissionId)
    this.leave(record, submissionId)
  }
}

const isOpen = ({ state }: Submission) => state === 'submitting' || state === 'processing'
