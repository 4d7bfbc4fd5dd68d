import type { Batch, Item, SentBecause } from './batch.ts'
import { changeItems, changeSubmission, omit } from './batch-changes.ts'
import { applyResults, pendingOf, startSubmission, type SubmissionStart } from './batch-rules.ts'
import type { AppError } from './errors.ts'
import { MATHPIX_ERROR_TEXTS } from './mathpix-error-texts.ts'
import { sentKeyOf, settle } from './outstanding.ts'
import { isFailedResult, readResult, type OcrResult, type PolledResults } from './mathpix.ts'

/**
 * Images that could not go the way they were sent take another one. Pure transitions, as those of batch-rules.ts: leaving one
 * submission and entering the next is one change, so that no end of the app can come between.
 */

/**
 * Items that are still pending in `from` leave it for new submissions. What was not sent yet and is left without items goes
 * altogether.
 */
export function moveItems(batch: Batch, from: string, planned: readonly SubmissionStart[]): Batch {
  const pending = new Set(
    batch.items
      .filter(({ submissionId, state }) => submissionId === from && state === 'pending')
      .map(({ id }) => id),
  )
  const starts = planned
    .map((start) => ({ ...start, sentAs: new Map([...start.sentAs].filter(([id]) => pending.has(id))) }))
    .filter(({ sentAs }) => sentAs.size > 0)
  const moved = new Set(starts.flatMap(({ sentAs }) => [...sentAs.keys()]))
  const started = starts.reduce(startSubmission, batch)
  const left = changeSubmission(started, from, (submission) =>
    submission.state === 'submitting'
      ? {
          ...omit(submission, 'sentKeys', 'account'),
          itemIds: submission.itemIds.filter((id) => !moved.has(id)),
        }
      : submission,
  )
  return {
    ...left,
    submissions: left.submissions.filter(
      ({ id, state, itemIds }) => id !== from || state !== 'submitting' || itemIds.length > 0,
    ),
  }
}

/**
 * Folds results into the batch as `applyResults` does, but an image of ours of which the server says that it did not arrive does not
 * fail: in the same change it enters a submission of single uploads, `next`. That happens once, for an upload is no such image.
 */
export function foldResults(
  batch: Batch,
  submissionId: string,
  response: PolledResults,
  next: Pick<SubmissionStart, 'id' | 'submittedAt'>,
): Batch {
  const submission = batch.submissions.find(({ id }) => id === submissionId)
  if (submission?.state !== 'processing' || submission.engine.kind !== 'mathpix')
    return applyResults(batch, submissionId, response)
  const sentBecause = new Map<string, SentBecause>()
  for (const item of pendingOf(batch, submission)) {
    const key = sentKeyOf(submission, item)
    if (!Object.hasOwn(response.results, key)) continue
    if (isNotArrived(item, readResult(response.results[key])))
      sentBecause.set(item.id, item.sentAs === 'hosted' ? 'not_fetched' : 'data_uri_refused')
  }
  if (sentBecause.size === 0) return applyResults(batch, submissionId, response)
  const answered = changeItems(batch, (item) =>
    sentBecause.has(item.id) ? settle(item, submissionId) : item,
  )
  const moved = moveItems(answered, submissionId, [
    {
      ...next,
      engine: submission.engine,
      sentAs: new Map([...sentBecause.keys()].map((id) => [id, 'upload'])),
      sentBecause,
      insteadOf: submissionId,
    },
  ])
  return applyResults(moved, submissionId, response)
}

/** The server had no image to read: nothing of it is known to be wrong but its way. */
const NOT_ARRIVED: ReadonlySet<string> = new Set([
  'image_download_error',
  'image_decode_error',
  'image_missing',
])

/** True for an image sent by us whose result says that the server never had it. */
export function isNotArrived({ sentAs }: Pick<Item, 'sentAs'>, result: OcrResult): boolean {
  if ((sentAs !== 'data_uri' && sentAs !== 'hosted') || !isFailedResult(result)) return false
  const { id = 'unknown', message, ...detail } = result.error_info ?? {}
  if (NOT_ARRIVED.has(id)) return true
  return sentAs === 'data_uri' && isAboutAddress(id, message ?? result.error ?? '', detail)
}

/** True when a server refused a whole POST because of the data URIs in it: their form or their size. */
export function isRefusalOfDataUris(error: AppError): boolean {
  if (error.kind === 'network') return error.reason === 'http' && error.status === 413
  if (error.kind !== 'mathpix') return false
  const { id, message, detail } = error
  return NOT_ARRIVED.has(id) || id === 'sys_request_too_large' || isAboutAddress(id, message, detail ?? {})
}

/** An error about options, or one without a known meaning, that names the address of the image. */
function isAboutAddress(id: string, message: string, detail: Readonly<Record<string, unknown>>): boolean {
  const hasOtherMeaning = MATHPIX_ERROR_TEXTS.has(id) && !id.startsWith('opts_')
  if (hasOtherMeaning || id === 'opts_bad_callback') return false
  const names = [detail['name'], detail['option']].filter((name) => typeof name === 'string')
  if (names.some((name) => /^(urls?|src)\b/.test(name))) return true
  const value = detail['value']
  return (typeof value === 'string' && value.startsWith('data:')) || ADDRESS_WORDS.test(message)
}

const ADDRESS_WORDS = /\b(urls?|uris?|src|base64)\b|data:/i
