import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import type { MonthlyUsage } from '../../shared/money.ts'
import type { Result } from '../../shared/result.ts'
import { getJson, type Connection } from './client.ts'

const OcrUsage = z.looseObject({
  ocr_usage: z.array(z.looseObject({ usage_type: z.string(), count: z.number() })),
})
const OcrResults = z.looseObject({ ocr_results: z.array(z.unknown()) })

export type UsageCount = { readonly usage_type: string; readonly count: number }

/** `GET v3/ocr-usage`: counts by kind from one time to another. Free of charge. */
export async function fetchUsage(
  connection: Connection,
  from: Date,
  to: Date,
  timespan: 'hour' | 'day' | 'month',
): Promise<Result<UsageCount[]>> {
  const query = new URLSearchParams({
    from_date: from.toISOString(),
    to_date: to.toISOString(),
    group_by: 'usage_type',
    timespan,
    per_page: '1000',
  })
  const reply = await getJson(connection, `v3/ocr-usage?${query.toString()}`, OcrUsage)
  if (!reply.ok) return reply
  const counts = new Map<string, number>()
  for (const { usage_type, count } of reply.value.ocr_usage)
    counts.set(usage_type, (counts.get(usage_type) ?? 0) + count)
  return { ok: true, value: [...counts].map(([usage_type, count]) => ({ usage_type, count })) }
}

/** How many results `GET v3/ocr-results` lists from a time on (100 at most); batches need not be among them. */
export async function countResultsSince(connection: Connection, from: Date): Promise<Result<number>> {
  const query = new URLSearchParams({ from_date: from.toISOString(), per_page: '100' })
  const reply = await getJson(connection, `v3/ocr-results?${query.toString()}`, OcrResults)
  return reply.ok ? { ok: true, value: reply.value.ocr_results.length } : reply
}

/** Images under any of the service's names for them (`image`, `image-async`, …). */
export function imagesIn(counts: readonly UsageCount[]): number {
  return counts.reduce((sum, { usage_type, count }) => sum + (isImage(usage_type) ? count : 0), 0)
}

/** The account's use of the present month (UTC, as it is billed). Fails quietly: without an answer the reason is said. */
export async function fetchMonthlyUsage(
  connection: Result<Connection>,
  now: () => number,
): Promise<MonthlyUsage> {
  if (!connection.ok) return { state: 'unknown', reason: describeRefusal(connection.error) }
  const to = new Date(now())
  const from = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth(), 1))
  const counts = await fetchUsage(connection.value, from, to, 'month')
  if (!counts.ok) return { state: 'unknown', reason: describeRefusal(counts.error) }
  return {
    state: 'known',
    asOf: to.toISOString(),
    images: imagesIn(counts.value),
    others: counts.value.filter(({ usage_type, count }) => !isImage(usage_type) && count > 0),
  }
}

/** Why there is no counter, in one plain sentence. */
export function describeRefusal(error: AppError): string {
  if (error.kind === 'credentials') return 'There are no keys to ask with.'
  if (error.kind === 'network' && error.reason !== 'http')
    return 'The server cannot be reached at the moment.'
  if (error.kind === 'mathpix' && error.id === 'http_max_requests')
    return 'The server is asked too often at the moment.'
  return 'The server does not tell these keys what was used.'
}

const isImage = (usage_type: string) => usage_type.startsWith('image')
