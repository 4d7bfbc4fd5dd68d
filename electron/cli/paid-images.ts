import type { Batch, Submission } from '../../shared/batch.ts'
import type { UnclearChoice } from '../../shared/ipc/contract.ts'
import { mayBeBilledTwice, askableOf, refusedOf } from '../../shared/outstanding.ts'
import { accountOf } from '../money/spending.ts'

/** Images of a paid service whose answers are not here: accepted ones, and those of which nobody knows whether they were. */
export function countUnfetched(batch: Batch): { readonly accepted: number; readonly unclear: number } {
  const counts = { accepted: 0, unclear: 0 }
  for (const item of batch.items) {
    const submission = askableOf(batch, item)
    if (submission && submission.engine.kind !== 'local') counts.accepted += 1
    else if (!submission && mayBeBilledTwice(batch, item)) counts.unclear += 1
  }
  return counts
}

/** Why a batch with such images is not deleted without `--yes`; undefined when there are none. An unreadable batch may hold any. */
export function explainPaid(batch: Batch | undefined): string | undefined {
  if (!batch) return 'The batch cannot be read, so it is not known whether images are paid and not fetched.'
  const { accepted, unclear } = countUnfetched(batch)
  const parts = [
    accepted > 0 ? `${images(accepted)} paid for and not fetched` : [],
    unclear > 0 ? `${images(unclear)} sent, and perhaps paid for` : [],
  ].flat()
  return parts.length > 0 ? `${parts.join('; ')}.` : undefined
}

const images = (count: number) => (count === 1 ? '1 image is' : `${String(count)} images are`)

/** Why the keys of now can get nothing of the batch: its images were sent with others. The account itself is kept as a digest only. */
export function findAccountProblem(
  batch: Batch,
  unclear: UnclearChoice,
  app_id: string | undefined,
): string | undefined {
  const refused = new Set(refusedOf(batch).map(({ submissionId }) => submissionId))
  const isAsked = ({ id, state }: Submission) =>
    state === 'processing' || refused.has(id) || (state === 'unclear' && unclear === 'look')
  const foreign = batch.submissions.find((submission) => {
    const { engine, account, batch_id } = submission
    if (engine.kind === 'local' || account === undefined || batch_id === undefined) return false
    return isAsked(submission) && accountOf(engine.baseUrl, app_id ?? '') !== account
  })
  if (foreign?.engine.kind !== 'mathpix') return undefined
  const { batch_id, submittedAt, engine } = foreign
  return `batch_id ${String(batch_id)} was sent to ${new URL(engine.baseUrl).host} at ${submittedAt} with another MATHPIX_APP_ID than the one that is set. Set that one, with its key: only it gets the results.`
}
