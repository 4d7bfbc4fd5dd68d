import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Item, Submission } from '../../../shared/batch.ts'
import { failPendingItem, failSubmission, markUnclear } from '../../../shared/batch-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import { askFirst, askRefusedAgain } from '../../../shared/outstanding.ts'
import { isMissed } from '../../../shared/unclear-rules.ts'
import { stopsTheRun } from '../../mathpix/retry-rules.ts'
import type { BatchRecord } from '../batch-record.ts'
import { CallbackInbox } from './callback-inbox.ts'
import { learn } from './take-other-ways.ts'
import { adoptSent } from './adopt-sent.ts'
import { planRun } from './plan-run.ts'
import { isAsked, pollSubmission } from './poll-submission.ts'
import type { RunDeps } from './run-deps.ts'
import { postSubmission } from './post-submission.ts'
import { runUploads } from './run-uploads.ts'
import { Refusal } from './refusal.ts'
import { SubmissionAtWork } from './submission-at-work.ts'
import { SendGate } from './send-gate.ts'
import { Waker } from './waker.ts'
import { hostImages, isUploadSubmission, unhostImages } from '../ways/wire-batch.ts'

/** Sends items off and follows their submissions to the end, after a restart as well. */
export class SubmissionRunner {
  readonly #deps: RunDeps
  readonly #stop = new AbortController()
  /** One controller per submission that is being worked on. */
  readonly #active = new Map<string, AbortController>()
  /** Submissions that stand in line behind others: they have their turn, and nobody else takes them up. */
  readonly #inLine = new Set<string>()
  readonly #wakers = new Map<string, Waker>()
  /** Of the run that a submission belongs to. */
  readonly #refusals = new Map<string, Refusal>()
  readonly #inbox: CallbackInbox
  readonly #work = new Set<Promise<void>>()
  readonly #sends = new WeakMap<BatchRecord, Promise<unknown>>()

  constructor(deps: Omit<RunDeps, 'gate' | 'takeUp'>) {
    this.#deps = {
      ...deps,
      gate: new SendGate(deps),
      takeUp: (record, id) => this.#takeUp(record, id),
    }
    this.#inbox = new CallbackInbox({ ...deps, onTaken: (record, id) => this.#goOn(record, id) })
    setMaxListeners(0, this.#stop.signal)
  }

  /**
   * Sends the named ready items, to `engine` where it is not the batch's that is asked. Resolves when it is on disk that they are on
   * their way; the rest happens in the background.
   */
  send(record: BatchRecord, itemIds: readonly string[], engine?: EngineChoice): Promise<Result<void>> {
    // One after the other: what one call has taken is not ready for the next, however fast they come.
    const work = (this.#sends.get(record) ?? Promise.resolve()).then(() =>
      this.#send(record, itemIds, engine),
    )
    this.#sends.set(
      record,
      work.catch(() => undefined),
    )
    return work
  }

  async #send(
    record: BatchRecord,
    itemIds: readonly string[],
    engine: EngineChoice | undefined,
  ): Promise<Result<void>> {
    const asked = await this.#askFirst(record, itemIds)
    if (!asked.ok) return asked
    const planned = await planRun(record, itemIds, this.#deps, engine)
    if (!planned.ok) return planned
    const ids = planned.value
    for (const id of ids) this.#inbox.listen(record, id)
    if (ids.length > 0) this.#start(() => this.#runInOrder(record, ids))
    return ok(undefined)
  }

  /** What a `batch_id` may have an answer for is asked for by that, and not sent. */
  async #askFirst(record: BatchRecord, itemIds: readonly string[]): Promise<Result<void>> {
    const saved = record.update((batch) => askFirst(adoptSent(batch, itemIds, record), itemIds))
    for (const submission of record.batch.submissions)
      if (isAsked(submission) && !this.#active.has(submission.id)) this.reopen(record, submission.id)
    return saved
  }

  /** Whether the daily limit leaves room for so many images; counts nothing. */
  async canAfford(engine: EngineChoice, images: number): Promise<Result<void>> {
    if (engine.kind === 'local') return ok(undefined)
    const connection = await this.#deps.connect(engine)
    return connection.ok ? this.#deps.till.check(engine, connection.value, images) : connection
  }

  /** Takes back what was counted for a submission, or for some images of it, that was certainly not sent. */
  async giveBack(submissionId: string, images?: number): Promise<void> {
    await this.#deps.till.giveBack(submissionId, images)
  }

  /** True while an answer is on its way that says whether the image was accepted. */
  isSending({ id, submissionId }: Item): boolean {
    return this.#deps.gate.isSending(id) || this.#deps.gate.isSending(submissionId ?? '')
  }

  /** A batch was paused, resumed or canceled: others may have their turn. */
  look(): void {
    this.#deps.gate.look()
  }

  /** Goes on with a submission that is `processing` again: asks by its `batch_id`, without a POST. */
  reopen(record: BatchRecord, submissionId: string): void {
    this.#inbox.listen(record, submissionId)
    // Who works on it sees the change, now or when the work ends.
    if (this.#active.has(submissionId)) this.#wakers.get(submissionId)?.wake()
    else this.#start(() => this.#follow(record, submissionId, new Refusal(), true))
  }

  /** Takes up every submission as the last run left it. What was accepted is asked for, also when the last run was refused that. */
  resume(record: BatchRecord): void {
    void record.update(askRefusedAgain)
    const open: string[] = []
    for (const submission of record.batch.submissions) {
      const { id, state, engine } = submission
      if (state === 'submitting' || isAsked(submission) || isMissed(submission)) {
        this.#inbox.listen(record, id)
        // A server that has the batch after all still comes for its images.
        if (state === 'unclear') hostImages(record, submission, this.#deps)
      }
      if (isAsked(submission) || state === 'processing')
        this.#start(() => this.#follow(record, id, new Refusal(), true))
      else if (state === 'submitting' || (state === 'unclear' && engine.kind === 'local')) {
        if (mayPost(record, submission)) open.push(id)
        else void record.update((batch) => markUnclear(batch, id, CLOSED_WHILE_SENDING))
      }
    }
    if (open.length > 0) this.#start(() => this.#runInOrder(record, open))
  }

  /** Wakes what waits or polls for this submission, so that it sees that it was canceled. */
  interrupt(submissionId: string): void {
    this.#active.get(submissionId)?.abort()
  }

  /** True while the answer to any request that may be billed is still to come. */
  isSendingAny(): boolean {
    return this.#deps.gate.isSendingAny()
  }

  /**
   * Stops asking; what is on disk goes on at the next start. With `waits` a request that was begun is followed to its end, however long
   * that takes: without its answer nobody knows what was accepted.
   */
  async close(waits: boolean): Promise<void> {
    this.#stop.abort()
    this.#inbox.close()
    const all = Promise.allSettled(this.#work)
    do await Promise.race([all, pause(this.#deps.closeMs ?? CLOSE_MS)])
    while (waits && this.isSendingAny())
  }

  /**
   * POSTs one after the other, so that the order holds and a refusal of the keys or a spent quota stops the rest;
   * polling overlaps.
   */
  async #runInOrder(
    record: BatchRecord,
    submissionIds: readonly string[],
    refusal = new Refusal(),
  ): Promise<void> {
    for (const id of submissionIds) this.#inLine.add(id)
    for (const id of submissionIds) {
      if (refusal.error) {
        await this.#returnUnsent(record, id, refusal.error)
        this.#inLine.delete(id)
        continue
      }
      this.#inLine.delete(id)
      await this.#follow(record, id, refusal, false)
      const error = record.submission(id)?.error
      if (error && stopsTheRun(error)) refusal.of(error)
      if (this.#stop.signal.aborted) return
    }
  }

  /** Another part of the run was refused for a reason that holds for this one too. */
  async #returnUnsent(record: BatchRecord, submissionId: string, error: AppError): Promise<void> {
    await this.#deps.till.giveBack(submissionId)
    await record.update((batch) => failSubmission(batch, submissionId, error, 'ready'))
  }

  async #follow(
    record: BatchRecord,
    submissionId: string,
    refusal: Refusal,
    isResumed: boolean,
  ): Promise<void> {
    const submission = record.submission(submissionId)
    if (!submission) return
    const controller = new AbortController()
    this.#active.set(submissionId, controller)
    this.#refusals.set(submissionId, refusal)
    const signal = AbortSignal.any([controller.signal, this.#stop.signal])
    const work = new SubmissionAtWork({ record, id: submissionId, deps: this.#deps, signal })
    const guarded = (step: Promise<void>) => step.catch((error: unknown) => this.#giveUp(work, error))
    if (isUploadSubmission(record, submission)) {
      await guarded(runUploads(work, refusal))
      this.#leave(submissionId)
      return
    }
    const waker = new Waker(this.#deps.sleep)
    this.#wakers.set(submissionId, waker)
    if (!isResumed) {
      const sending = AbortSignal.any([signal, refusal.signal])
      await guarded(postSubmission(work.with({ signal: sending })))
      await this.#inbox.settleEarly(record, submissionId)
      const isUnsent = work.current()?.state === 'submitting' && !signal.aborted
      if (isUnsent && refusal.error) await this.#returnUnsent(record, submissionId, refusal.error)
    }
    const deps = { ...this.#deps, sleep: waker.sleep }
    const polling = guarded(pollSubmission(work.with({ deps }), isResumed))
    this.#start(() =>
      polling.finally(() => {
        this.#leave(submissionId)
        this.#inbox.leave(record, submissionId)
        this.look()
        // It was reopened while its end was on the way.
        if (isAsked(work.current()) && !this.#stop.signal.aborted) this.reopen(record, submissionId)
      }),
    )
  }

  #leave(submissionId: string): void {
    this.#active.delete(submissionId)
    this.#wakers.delete(submissionId)
    this.#refusals.delete(submissionId)
  }

  /** A callback came: the poll ends, or asks at once for what the callback did not bring; without a poll it begins. */
  #goOn(record: BatchRecord, submissionId: string): void {
    learn(record, submissionId, this.#deps)
    const ended = record.submission(submissionId)
    const waker = this.#wakers.get(submissionId)
    if (ended?.state !== 'processing') {
      if (ended) unhostImages(record, ended, this.#deps)
      this.interrupt(submissionId)
    } else if (waker) waker.wake()
    else if (!this.#active.has(submissionId)) this.reopen(record, submissionId)
  }

  /** Sends what images of this submission have moved to and nobody works on yet. */
  #takeUp(record: BatchRecord, submissionId: string): void {
    const ids = record.batch.submissions
      .filter(({ insteadOf, state }) => insteadOf === submissionId && state === 'submitting')
      .map(({ id }) => id)
      .filter((id) => !this.#active.has(id) && !this.#inLine.has(id))
    if (ids.length === 0 || this.#stop.signal.aborted) return
    for (const id of ids) this.#inbox.listen(record, id)
    this.#start(() => this.#runInOrder(record, ids, this.#refusals.get(submissionId)))
  }

  /** A bug of ours must not leave a batch running for ever. */
  async #giveUp(work: SubmissionAtWork, error: unknown): Promise<void> {
    this.#deps.log.error('submission failed unexpectedly', error)
    const { state, batch_id, sentKeys } = work.current() ?? {}
    if (state === 'submitting' && sentKeys !== undefined) {
      // Whatever went wrong, the images may be with the server.
      await work.update((batch, id) => markUnclear(batch, id, FAILED_WHILE_SENDING))
      return
    }
    const bug: AppError = {
      kind: 'bug',
      message: 'Something went wrong while this batch was being worked on.',
    }
    for (const item of batch_id !== undefined ? [] : work.pending) {
      await work.update((batch, id) => failPendingItem(batch, id, item.id, bug))
    }
    await work.update((batch, id) => failSubmission(batch, id, bug, 'error'))
  }

  #start(run: () => Promise<void>): void {
    const work = run().finally(() => this.#work.delete(work))
    this.#work.add(work)
  }
}

const CLOSED_WHILE_SENDING = 'The app was closed while the batch was being sent, so the reply is not known.'

const FAILED_WHILE_SENDING = 'Something went wrong in the app while the batch was being sent.'

/**
 * May a submission that was being sent when the app ended be sent again? Yes if the engine bills nothing,
 * if its last try was certainly not accepted (it waits), or if its images go one by one and none was begun.
 */
function mayPost(record: BatchRecord, submission: Submission): boolean {
  return (
    submission.engine.kind === 'local' ||
    submission.waiting !== undefined ||
    isUploadSubmission(record, submission)
  )
}

const CLOSE_MS = 1500
