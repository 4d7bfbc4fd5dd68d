import { nanoid } from 'nanoid'
import type { Item, Submission } from '../../../shared/batch.ts'
import { setWaiting } from '../../../shared/batch-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import { isFailedResult, type OcrResult, type PolledResults } from '../../../shared/mathpix.ts'
import { foldResults, isNotArrived, isRefusalOfDataUris, moveItems } from '../../../shared/other-ways.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { OpenRoutes } from '../ways/routes.ts'
import type { RunDeps } from './run-deps.ts'
import { makeCopies } from '../ways/small-copies.ts'
import { startPlanned, type Planned } from './start-submissions.ts'
import { pendingItems, planSubmissions } from '../ways/wire-batch.ts'

/**
 * What happens when images cannot travel the way they were planned to. Each time they leave their submission for new ones in one change
 * on disk, and `takeUp` has those sent: an end of the app at any moment loses none and sends none twice.
 */

/**
 * Before a POST: are the ways of its images still open, and are the smaller copies made? True when the submission is to be sent; false
 * when all of it takes other ways. False too when work is to stop: the disk still says that nothing was sent, and it is left at that.
 */
export async function clearTheWay(
  record: BatchRecord,
  submissionId: string,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return false
  const submission = find(record, submissionId)
  if (submission?.state !== 'submitting' || submission.engine.kind === 'local') return true
  const routes = await deps.routes.open(submission.engine)
  const items = pendingItems(record, submissionId)
  if (items.some((item) => isClosed(item, routes))) {
    await replan(record, submission, routes, deps)
    return false
  }
  const unreadable = await makeCopies(record, items, deps)
  if (unreadable.length === 0) return true
  await moveToUpload(record, submission, unreadable, deps)
  return pendingItems(record, submissionId).length > 0
}

function isClosed({ sentAs }: Item, routes: OpenRoutes): boolean {
  return sentAs === 'hosted'
    ? routes.publicBase === undefined
    : sentAs === 'data_uri' && !routes.takesDataUris
}

/**
 * A POST was refused, so nothing of it was accepted. If its data URIs are the reason, its images take other ways and the server is
 * remembered; false when the refusal stands.
 */
export async function avoidDataUris(
  record: BatchRecord,
  submission: Submission,
  error: AppError,
  deps: RunDeps,
): Promise<boolean> {
  const { id, engine } = submission
  const hasDataUris = pendingItems(record, id).some(({ sentAs }) => sentAs === 'data_uri')
  if (engine.kind === 'local' || !hasDataUris || !isRefusalOfDataUris(error)) return false
  if (find(record, id)?.state !== 'submitting') return false
  deps.log.info('data URIs refused', { status: error.kind === 'network' ? error.status : undefined })
  deps.routes.noteDataUris(engine, false)
  await replan(record, submission, await deps.routes.open(engine), deps)
  return true
}

/** Folds results in; images that did not arrive go by upload, and what that shows of the server is remembered. */
export async function takeResults(
  record: BatchRecord,
  submissionId: string,
  response: PolledResults,
  waiting: Submission['waiting'],
  deps: RunDeps,
): Promise<void> {
  const next = { id: nanoid(12), submittedAt: new Date(deps.now()).toISOString() }
  await record.update((batch) =>
    foldResults(setWaiting(batch, submissionId, waiting), submissionId, response, next),
  )
  learn(record, submissionId, deps)
}

/** After results came, by whichever way: remembers what they show and has images that did not arrive sent. */
export function learn(
  record: BatchRecord,
  submissionId: string,
  deps: Pick<RunDeps, 'routes' | 'takeUp'>,
): void {
  const submission = find(record, submissionId)
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
  if (isTaken || isRefused) deps.routes.noteDataUris(submission.engine, isTaken)
  deps.takeUp(record, submissionId)
}

/** The upload of an image that was refused as a data URI failed in the same way: then the image is the cause, not its way. */
export function learnFromUpload(item: Item, result: OcrResult, submission: Submission, deps: RunDeps): void {
  if (item.sentBecause !== 'data_uri_refused' || !isFailedResult(result)) return
  if (isNotArrived({ sentAs: 'data_uri' }, result)) deps.routes.noteDataUris(submission.engine, true)
}

/** All images of a submission that certainly was not accepted go by the ways that are open now. */
async function replan(
  record: BatchRecord,
  { id: from, engine }: Submission,
  routes: OpenRoutes,
  deps: RunDeps,
): Promise<void> {
  await deps.till.giveBack(from)
  const items = pendingItems(record, from)
  const plan = planSubmissions(record, engine, items, routes, deps.settings()).map(withId)
  await move(record, from, engine, plan, routes, deps)
}

async function moveToUpload(
  record: BatchRecord,
  { id: from, engine }: Submission,
  items: readonly Item[],
  deps: RunDeps,
): Promise<void> {
  await deps.till.giveBack(from, items.length)
  const plan = withId({
    sentAs: new Map(items.map(({ id }) => [id, 'upload'])),
    sentBecause: new Map(items.map(({ id }) => [id, 'too_large'])),
  })
  await move(record, from, engine, [plan], { takesDataUris: true }, deps)
}

async function move(
  record: BatchRecord,
  from: string,
  engine: Submission['engine'],
  plan: readonly Planned[],
  routes: OpenRoutes,
  deps: RunDeps,
): Promise<void> {
  const saved = await startPlanned(record, engine, plan, routes, deps, (batch, starts) =>
    moveItems(
      batch,
      from,
      starts.map((start) => ({ ...start, insteadOf: from })),
    ),
  )
  if (saved.ok) deps.takeUp(record, from)
}

function withId(planned: Omit<Planned, 'id'>): Planned {
  return { ...planned, id: nanoid(12) }
}

function find(record: BatchRecord, submissionId: string): Submission | undefined {
  return record.batch.submissions.find(({ id }) => id === submissionId)
}
