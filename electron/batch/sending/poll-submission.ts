import type { Submission } from '../../../shared/batch.ts'
import {
  acceptSubmission,
  failSubmission,
  isComplete,
  markUnclear,
  setWaiting,
} from '../../../shared/batch-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import { saysNothing, type PolledResults } from '../../../shared/mathpix.ts'
import { sentKeyOf } from '../../../shared/outstanding.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { Connection } from '../../mathpix/client.ts'
import { LOCAL_PACE, MATHPIX_PACE, pollBatch, type PollEvent } from '../../mathpix/poll.ts'
import { accountFor } from '../../money/till.ts'
import type { ServiceDeps } from '../service-deps.ts'
import type { SubmissionAtWork } from './submission-at-work.ts'
import { takeResults } from './take-other-ways.ts'
import { hostImages, unhostImages } from '../ways/wire-batch.ts'

/**
 * Asks for the results of an accepted submission until each image has one, and folds them in as they come. While the server does not
 * seem to have it, the user may decide (`unclear`), and it is asked on all the same.
 */
export async function pollSubmission(work: SubmissionAtWork, isResumed: boolean): Promise<void> {
  const { record, deps, signal } = work
  const submission = work.current()
  if (!submission || !isAsked(submission) || submission.batch_id === undefined) return
  if (isResumed) hostImages(record, submission, deps)
  const pace = submission.engine.kind === 'local' ? LOCAL_PACE : MATHPIX_PACE
  const events = pollBatch({
    connect: () => connectAsSent(submission, deps),
    batch_id: submission.batch_id,
    pace,
    total: submission.itemIds.length,
    isResumed,
    signal,
    sleep: deps.sleep,
    clock: deps,
    random: deps.random,
  })
  const whole = new WholeAnswers(pace.patience)
  for await (const event of events) {
    await take(event, work, whole)
    if (!isAsked(work.current())) break
  }
  const ended = work.current()
  if (ended && !isAsked(ended)) unhostImages(record, ended, deps)
}

/** True while its `batch_id` is worth asking by. */
export function isAsked(submission: Submission | undefined): boolean {
  if (submission?.batch_id === undefined) return false
  return submission.state === 'processing' || submission.state === 'unclear'
}

/** Address and keys for asking: fails when those of now belong to another account than the one that it was sent with. */
export async function connectAsSent(
  { engine, account }: Submission,
  { connect }: Pick<ServiceDeps, 'connect'>,
): Promise<Result<Connection>> {
  const connection = await connect(engine)
  if (!connection.ok || engine.kind === 'local' || account === undefined) return connection
  return accountFor(engine.baseUrl, connection.value) === account ? connection : fail(OTHER_ACCOUNT)
}

const OTHER_ACCOUNT: AppError = {
  kind: 'credentials',
  reason: 'other_account',
  message: 'These images were sent with other keys.',
}

async function take(event: PollEvent, work: SubmissionAtWork, whole: WholeAnswers): Promise<void> {
  const { deps } = work
  const current = work.current()
  // Somebody has ended it while the answer was on the way.
  if (!current || !isAsked(current)) return
  const { engine, batch_id } = current
  const isUnclear = current.state === 'unclear'
  switch (event.kind) {
    case 'results':
      if (isUnclear) void work.update((batch, id) => acceptSubmission(batch, id, batch_id))
      await takeResults(work, whole.check(work, event.response), event.stalled)
      return
    case 'waiting':
      if (!isUnclear) await work.update((batch, id) => setWaiting(batch, id, event.waiting))
      return
    case 'doubtful':
      if (isUnclear) return
      deps.log.warn('batch not found', { engine: engine.kind, kind: event.error.kind })
      // What the engine on this computer forgot was not paid for.
      await work.update((batch, id) =>
        engine.kind === 'local'
          ? failSubmission(batch, id, event.error, 'error')
          : markUnclear(batch, id, describeDoubt(event.error)),
      )
      return
    case 'lost':
      deps.log.warn('batch lost', { engine: engine.kind, kind: event.error.kind })
      await work.update((batch, id) => failSubmission(batch, id, event.error, 'error'))
  }
}

/** Why the user may decide, in plain words. */
export function describeDoubt(error: AppError): string {
  return error.kind === 'credentials'
    ? 'These images were sent with other keys than those of now, and only those can ask for the results. The server is asked as soon as they are set again.'
    : 'The server accepted these images, and for ten minutes it has said that it does not know them. It is asked again every minute.'
}

/** Times that an answer without one of the images has to come before it is believed that the server never had it. */
const BELIEVED_AFTER = 3

/**
 * An image that a complete answer does not list, or for which it says nothing, may be on a server that has not heard of it yet, or be
 * in work: that is believed only when nothing new has come for long.
 */
class WholeAnswers {
  #seen = 0
  #since = 0
  readonly #patience: number

  /** @param patience milliseconds */
  constructor(patience: number) {
    this.#patience = patience
  }

  check(work: SubmissionAtWork, response: PolledResults): PolledResults {
    const current = work.current()
    const keys = current ? work.pending.map((item) => sentKeyOf(current, item)) : []
    const isAnswered = (key: string) =>
      Object.hasOwn(response.results, key) && !saysNothing(response.results[key])
    const isOld = isComplete(response) && keys.length > 0 && !keys.some(isAnswered)
    if (this.#seen === 0) this.#since = work.deps.elapsed()
    this.#seen = isOld ? this.#seen + 1 : 0
    if (this.#seen >= BELIEVED_AFTER && work.deps.elapsed() - this.#since >= this.#patience) return response
    const results = Object.entries(response.results).filter(([, result]) => !saysNothing(result))
    return { ...response, keys: [...response.keys, ...keys], results: Object.fromEntries(results) }
  }
}
