import type { Submission } from '../../../shared/batch.ts'
import type { OcrOptions } from '../../../shared/parameters.ts'
import type { Result } from '../../../shared/result.ts'
import type { Connection } from '../../mathpix/client.ts'
import { countResultsSince, describeRefusal, fetchUsage, imagesIn } from '../../mathpix/usage.ts'

/** The clocks of two computers differ a little. */
const CLOCK_SLACK_MS = 60_000

export type LookQuestion = {
  readonly submission: Submission
  readonly options: OcrOptions
  readonly connection: Result<Connection>
  /** Images that the app itself sent to this server since, apart from these. */
  readonly others: number
  readonly now: number
}

/**
 * Looks whether a batch whose `batch_id` was lost arrived: there is no list of batches to ask for, only counters, and only with keys that
 * may read them. Says in plain words what they say and what that means; never sends an image.
 */
export async function lookForBatch(question: LookQuestion): Promise<NonNullable<Submission['looked']>> {
  const { connection, submission, now } = question
  const since = new Date(Date.parse(submission.submittedAt) - CLOCK_SLACK_MS)
  const told = connection.ok
    ? await readCounters(question, connection.value, since)
    : describeRefusal(connection.error)
  return { at: new Date(now).toISOString(), message: `${told} ${describeHope(submission)}` }
}

async function readCounters(
  { submission, options, others, now }: LookQuestion,
  connection: Connection,
  since: Date,
): Promise<string> {
  const count = submission.itemIds.length
  const usage = await fetchUsage(connection, since, new Date(now), 'hour')
  if (usage.ok) return describeCount(imagesIn(usage.value), count, others)
  // Without permission to keep the images nothing of them is ever listed there.
  if (options.metadata?.['improve_mathpix'] === true) {
    const listed = await countResultsSince(connection, since)
    if (listed.ok) return describeListed(listed.value, count, others)
  }
  return describeRefusal(usage.error)
}

function describeCount(counted: number, count: number, others: number): string {
  const said = `The server counts ${images(counted)} since this batch was sent`
  const own = others > 0 ? `, and ${others} of other batches were sent in that time` : ''
  if (counted === 0)
    return `${said}: it probably did not arrive. The counter may lag behind, so look again in some minutes before sending again.`
  if (counted >= count + others) return `${said}${own}: these ${count} were probably accepted and billed.`
  if (counted <= others) return `${said}${own}: these ${count} were probably not accepted.`
  return `${said}${own}: whether these ${count} are among them cannot be told.`
}

function describeListed(listed: number, count: number, others: number): string {
  if (listed >= count + others && count > 0)
    return `The server lists ${listed} results since this batch was sent: these ${count} may be among them.`
  return `The server lists ${listed} results since this batch was sent; images of a batch need not be listed there, so nothing can be told.`
}

function describeHope({ callback }: Submission): string {
  switch (callback) {
    case 'own':
      return 'If the server has the batch, its results come in here by themselves when it is done.'
    case 'user':
      return 'If the server has the batch, it reports to your callback address when it is done.'
    case undefined:
      return 'The number to ask for the results was lost with the reply, so they cannot be fetched.'
  }
}

const images = (count: number) => (count === 1 ? '1 image' : `${count} images`)
