import { z } from 'zod'
import { Way } from './way.ts'

/** USD for one image up to the first million in a month; the published price since March 2025. */
const PRICE_OF_AN_IMAGE = 0.002
/** USD for an image with more than `MAX_ROWS` rows of text, which counts as a page of a PDF. */
export const PRICE_OF_A_PAGE = 0.005
export const MAX_ROWS = 12

/** How much may be sent to a paid account on one day. USD are counted at the price of an image. */
export const DailyLimit = z.object({
  unit: z.enum(['images', 'usd']),
  amount: z.number().min(0).max(1_000_000),
})
export type DailyLimit = z.infer<typeof DailyLimit>

/** The limit as whole images; undefined when there is none. */
export function imagesAllowed(limit: DailyLimit | null): number | undefined {
  if (limit === null) return undefined
  // The quotient of two decimals may fall just below the whole number that is meant.
  return Math.floor(limit.unit === 'images' ? limit.amount : limit.amount / PRICE_OF_AN_IMAGE + 1e-6)
}

/** What today's sending to one account amounts to. */
export const DailySpending = z.object({
  /** Images counted as sent today; lost replies included, refused requests not. */
  images: z.number().int(),
  /** Images allowed today; absent without a limit. */
  allowed: z.number().int().optional(),
})
export type DailySpending = z.infer<typeof DailySpending>

/** Images that the limit leaves for today; undefined when there is none. */
export function imagesLeft({ images, allowed }: DailySpending): number | undefined {
  return allowed === undefined ? undefined : Math.max(0, allowed - images)
}

/** What the service says about the account's use in the present month, or why it says nothing. */
export const MonthlyUsage = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('known'),
    /** ISO 8601: when the service was asked. */
    asOf: z.string(),
    images: z.number().int(),
    /** Counts of other kinds (PDF pages, …) under the service's own names. */
    others: z.array(z.object({ usage_type: z.string(), count: z.number().int() })),
  }),
  z.object({ state: z.literal('unknown'), reason: z.string() }),
])
export type MonthlyUsage = z.infer<typeof MonthlyUsage>

/** Today by the app's own count, and the month by the service's. */
export const UsageReport = z.object({ today: DailySpending, month: MonthlyUsage })
export type UsageReport = z.infer<typeof UsageReport>

/** What a run would send, before it is sent. */
export const RunEstimate = z.object({
  /** Items that would be sent, in drop order. */
  itemIds: z.array(z.string()),
  /** Images asked for again by their `batch_id`: no request that is billed. */
  free: z.number().int(),
  /** Of those to send: how many may have been accepted before, because the reply was lost. */
  unclear: z.number().int(),
  /** How many images go each way. */
  sentAs: z.record(Way, z.number().int()),
  /** Of those by data URI: how many as a smaller copy, as far as one is readable. */
  smaller: z.number().int(),
  /** Why the user's public address cannot be used for this run, in plain words. */
  addressProblem: z.string().optional(),
  /** Host that the images would be sent to, as it stands at this moment. */
  server: z.string().optional(),
  /** Absent when no account can be told because there are no keys. */
  today: DailySpending.optional(),
})
export type RunEstimate = z.infer<typeof RunEstimate>

/** `about 0.20 USD`; a price below a cent is said as such. */
export function describePrice(images: number): string {
  const dollars = images * PRICE_OF_AN_IMAGE
  return dollars > 0 && dollars < 0.01 ? 'less than 0.01 USD' : `about ${dollars.toFixed(2)} USD`
}
