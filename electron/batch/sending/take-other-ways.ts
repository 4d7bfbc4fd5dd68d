import { nanoid } from 'nanoid'
import type { Item, Submission } from '../../../shared/batch.ts'
import { setWaiting } from '../../../shared/batch-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import { isFailedResult, type OcrResult, type PolledResults } from '../../../shared/mathpix.ts'
import { foldResults, isNotArrived, isRefusalOfDataUris, moveItems } from '../../../shared/other-ways.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { OpenWays } from '../ways/open-ways.ts'
import type { RunDeps } from './run-deps.ts'
import type { SubmissionAtWork } from './submission-at-work.ts'
import { makeCopies } from '../ways/small-copies.ts'
import { startPlanned, type Enter, type Planned } from './start-submissions.ts'
import { planSubmissions, type Destination } from '../ways/wire-batch.ts'

/**
 * What happens when images cannot go the way that was planned. Each time they leave their submission for new ones in one change
 * on disk, and `takeUp` has those sent: an end of the app at any moment loses none and sends none twice.
 */

/**
 * Before a POST: are the ways of its images still open, and are the smaller copies made? True when the submission is to be sent; false
 * when all of it takes other ways. False too when work is to stop: the disk still says that nothing was sent, and it is left at that.
 */
export async function clearTheWay(work: SubmissionAtWork): Promise<boolean> {
  const { record, deps, signal } = work
  if (signal.aborted) return false
  const { state, engine } = work.current() ?? {}
  if (state !== 'submitting' || !engine || engine.kind === 'local') return true
  const ways = await deps.ways.open(engine)
  const items = work.pending
  if (items.some((item) => isClosed(item, ways))) {
    await replan(work, engine, ways)
  } else {
    const unreadable = await makeCopies(record, items, deps)
    if (unreadable.length > 0) await moveToUpload(work, engine, unreadable)
  }
  // It is gone when all of it went. What stays of one whose images were removed meanwhile has to end.
  return work.current()?.state === 'submitting'
}

function isClosed({ sentAs }: Item, ways: OpenWays): boolean {
  return sentAs === 'hosted' ? ways.publicBase === undefined : sentAs === 'data_uri' && !ways.takesDataUris
}

/**
 * A POST was refused, so nothing of it was accepted. If its data URIs are the reason, its images take other ways and the server is
 * remembered; false when the refusal stands.
 */
export async function avoidDataUris(
  work: SubmissionAtWork,
  { engine }: Submission,
  error: AppError,
): Promise<boolean> {
  const { deps } = work
  const hasDataUris = work.pending.some(({ sentAs }) => sentAs === 'data_uri')
  if (engine.kind === 'local' || !hasDataUris || !isRefusalOfDataUris(error)) return false
  if (work.current()?.state !== 'submitting') return false
  deps.log.info('data URIs refused', { status: error.kind === 'network' ? error.status : undefined })
  deps.ways.noteDataUris(engine, false)
  await replan(work, engine, await deps.ways.open(engine))
  return true
}

/** Folds results in; images that did not arrive go by upload, and what that shows of the server is remembered. */
export async function takeResults(
  work: SubmissionAtWork,
  response: PolledResults,
  waiting: Submission['waiting'],
): Promise<void> {
  const { record, id, deps } = work
  const next = { id: nanoid(12), submittedAt: new Date(deps.now()).toISOString() }
  await work.update((batch) => foldResults(setWaiting(batch, id, waiting), id, response, next))
  learn(record, id, deps)
}

/** After results came, by whichever way: remembers what they show and has images that did not arrive sent. */
export function learn(
  record: BatchRecord,
  submissionId: string,
  deps: Pick<RunDeps, 'ways' | 'takeUp'>,
): void {
  const submission = record.submission(submissionId)
  if (!submission) return
  const { items, submissions } = record.batch
  const followers = new Set(
    submissions.filter(({ insteadOf }) => insteadOf === submissionId).map(({ id }) => id),
  )
  const isRefused = items.some(
    (item) => followers.has(item.submissionId ?? '') && item.sentBecause === 'data_uri_refused',
  )
  const isTaken = items.some(
    (item) => item.submissionId === submissionId && item.sentAs === 'data_uri' && item.state === 'completed',
  )
  if (isTaken || isRefused) deps.ways.noteDataUris(submission.engine, isTaken)
  deps.takeUp(record, submissionId)
}

/** The upload of an image that was refused as a data URI failed in the same way: then the image is the cause, not its way. */
export function learnFromUpload(item: Item, result: OcrResult, submission: Submission, deps: RunDeps): void {
  if (item.sentBecause !== 'data_uri_refused' || !isFailedResult(result)) return
  if (isNotArrived({ sentAs: 'data_uri' }, result)) deps.ways.noteDataUris(submission.engine, true)
}

/** All images of a submission that certainly was not accepted go by the ways that are open now. */
async function replan(work: SubmissionAtWork, engine: EngineChoice, ways: OpenWays): Promise<void> {
  await work.giveBack()
  const plan = planSubmissions(work.record, work.pending, { engine, ways }, work.deps.settings()).map(withId)
  await move(work, plan, { engine, ways })
}

async function moveToUpload(
  work: SubmissionAtWork,
  engine: EngineChoice,
  items: readonly Item[],
): Promise<void> {
  await work.giveBack(items.length)
  const plan = withId({
    sentAs: new Map(items.map(({ id }) => [id, 'upload'])),
    sentBecause: new Map(items.map(({ id }) => [id, 'too_large'])),
  })
  await move(work, [plan], { engine, ways: { takesDataUris: true } })
}

async function move(
  work: SubmissionAtWork,
  plan: readonly Planned[],
  destination: Destination,
): Promise<void> {
  const { record, id: from, deps } = work
  const enter: Enter = (batch, starts) =>
    moveItems(
      batch,
      from,
      starts.map((start) => ({ ...start, insteadOf: from })),
    )
  const saved = await startPlanned(record, plan, { ...destination, enter }, deps)
  if (saved.ok) deps.takeUp(record, from)
}

function withId(planned: Omit<Planned, 'id'>): Planned {
  return { ...planned, id: nanoid(12) }
}
