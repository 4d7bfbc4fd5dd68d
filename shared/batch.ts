import { z } from 'zod'
import { AppError } from './errors.ts'
import { ImageMime } from './image-mime.ts'
import { BatchId, OcrResult } from './mathpix.ts'
import { OcrOptions } from './parameters.ts'
import { EngineChoice } from './settings.ts'
import { Way } from './way.ts'

/**
 * A batch is what the user sees as one pile of images; an item is one image in it; a submission is one POST to an engine.
 * A first run makes one submission; a retry makes another with only the keys in question, so that nothing is billed twice.
 *
 *   item:   preparing ─► ready ─► pending ─► completed
 *               │          ▲         │
 *               ▼          └─ retry ─┤            (a completed item can be run again too: its edit stays)
 *            error ◄─────────────────┘
 *
 *   submission:  submitting ──batch_id──► processing ──every key answered──► completed
 *                    │  │                     └──► failed (keys refused, batch unknown) / canceled (we stop asking)
 *                    │  └─ refused before acceptance ─► failed (items back to ready, nothing was billed)
 *                    └──── reply lost ─► unclear (never repeated by itself: the user chooses)
 *
 * A paused batch sends nothing new: its submissions stay `submitting` and wait; what an engine has accepted is still asked for.
 *
 * Only the main process changes these objects, through the pure functions in the files *-rules.ts.
 */

export const ItemSource = z.discriminatedUnion('kind', [
  /** `page` counts from 1 for the pages of a multi-page TIFF. The path stays in the main process. */
  z.object({ kind: z.literal('file'), name: z.string(), page: z.number().int().optional() }),
  /** Shown without user info and query values; the full URL stays in the main process. */
  z.object({ kind: z.literal('url'), name: z.string(), url: z.string() }),
])
export type ItemSource = z.infer<typeof ItemSource>

/** The upright copy that is sent and shown. Pixels; `hash` is the SHA-256 of the original bytes, hex. */
export const ItemImage = z.object({
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  mime: ImageMime,
  hash: z.string(),
  /** Of the file behind an address, where it has several; this is the first. */
  pages: z.number().int().optional(),
  /** Raised when the stored image changes (for instance a rotation), so that the page reloads it. */
  revision: z.number().int(),
})
export type ItemImage = z.infer<typeof ItemImage>

/** A smaller copy that was sent in place of the stored image. Pixels and bytes. */
export const SentCopy = z.object({
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  mime: ImageMime,
})
export type SentCopy = z.infer<typeof SentCopy>

/**
 * Why an image did not go the way that comes first: the public address was closed, the server could not fetch from it or took no
 * data URI, or no readable copy is small enough for a data URI.
 */
export const SentBecause = z.enum(['address_closed', 'not_fetched', 'data_uri_refused', 'too_large'])
export type SentBecause = z.infer<typeof SentBecause>

export const ItemState = z.enum(['preparing', 'ready', 'pending', 'completed', 'error'])
export type ItemState = z.infer<typeof ItemState>

/** An answer that a later run replaced. */
export const PreviousResult = z.object({
  result: OcrResult,
  /** The submission that brought it, where that is known. */
  submissionId: z.string().optional(),
})
export type PreviousResult = z.infer<typeof PreviousResult>

export const Item = z.object({
  id: z.string(),
  /** Unique in its batch, plain ASCII: position, zero-padded, then the name, so that sorted keys are the drop order. */
  key: z.string(),
  source: ItemSource,
  state: ItemState,
  image: ItemImage.optional(),
  /** Options of this image alone; a member here replaces the batch's member of that name whole. */
  overrides: OcrOptions,
  /** What the engine said, never changed by an edit. Kept while the item is run again. */
  result: OcrResult.optional(),
  /** The submission that brought `result`. */
  answeredBy: z.string().optional(),
  /** Earlier results, oldest first, at most `MAX_PREVIOUS_RESULTS` of item-result.ts. */
  previousResults: z.array(PreviousResult).optional(),
  error: AppError.optional(),
  /** What the user made of it; kept beside `result`. */
  edit: z.string().optional(),
  flagged: z.boolean(),
  accepted: z.boolean(),
  /** The submission this item is in or was answered by. */
  submissionId: z.string().optional(),
  /** Submissions besides `answeredBy` that have nothing more to say of it: they failed it, never had it, or the user gave their answer up. */
  settledIn: z.array(z.string()).optional(),
  /** The way that the image went; shown to the user. */
  sentAs: Way.optional(),
  sentCopy: SentCopy.optional(),
  sentBecause: SentBecause.optional(),
})
export type Item = z.infer<typeof Item>

export const SubmissionState = z.enum([
  'submitting',
  'processing',
  'completed',
  'unclear',
  'failed',
  'canceled',
])
export type SubmissionState = z.infer<typeof SubmissionState>

export const Submission = z.object({
  id: z.string(),
  engine: EngineChoice,
  state: SubmissionState,
  /** Items in this POST, by id. */
  itemIds: z.array(z.string()),
  batch_id: BatchId.optional(),
  /**
   * Items of the POST, each with the key as it was sent, under which its answer comes. On disk before the POST leaves, absent again
   * when that was certainly not accepted: so an image without a key here was not sent.
   */
  sentKeys: z.record(z.string(), z.string()).optional(),
  /** Digest of the server and the app_id that it was sent with: only they can ask for it. */
  account: z.string().optional(),
  /** The submission its images were in before they took another way. */
  insteadOf: z.string().optional(),
  /** ISO 8601. */
  submittedAt: z.string(),
  error: AppError.optional(),
  /**
   * Why it is waiting at the moment (offline, rate limit), in plain words; absent when all is well. Of a submission that is
   * `submitting` it says on disk that nothing is on its way. `rate_plan`: nothing is wrong, it keeps to the user's own pace.
   */
  waiting: z
    .object({ reason: z.string(), until: z.string().optional(), cause: z.literal('rate_plan').optional() })
    .optional(),
  /** Who is told by the engine when it is done: the app itself, or the address that the user gave. */
  callback: z.enum(['own', 'user']).optional(),
  /** After a lost reply: what looking for the batch brought, in plain words, and when (ISO 8601). */
  looked: z.object({ at: z.string(), message: z.string() }).optional(),
})
export type Submission = z.infer<typeof Submission>

/** A batch without its items: small enough to send with every change. */
export const BatchHead = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  engine: EngineChoice,
  options: OcrOptions,
  submissions: z.array(Submission),
  /** Nothing new is sent until the user resumes. */
  isPaused: z.boolean().optional(),
})
export type BatchHead = z.infer<typeof BatchHead>

export const Batch = BatchHead.extend({ items: z.array(Item) })
export type Batch = z.infer<typeof Batch>

/** One change, as it is journalled and as it is sent to the page: the head, the changed items whole, the removed ids. */
export const BatchChange = z.object({
  head: BatchHead,
  items: z.array(Item),
  removedItemIds: z.array(z.string()),
})
export type BatchChange = z.infer<typeof BatchChange>

export const BatchSummary = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  total: z.number().int(),
  completed: z.number().int(),
  failed: z.number().int(),
  isRunning: z.boolean(),
  /** Running, and held by the user. */
  isPaused: z.boolean(),
})
export type BatchSummary = z.infer<typeof BatchSummary>
