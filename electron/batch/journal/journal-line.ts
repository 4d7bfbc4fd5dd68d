import { z } from 'zod'
import { BatchHead, Item, SentCopy, Submission, type Batch } from '../../../shared/batch.ts'
import { recordOf } from '../../../shared/record-of.ts'
import { putItems } from '../../../shared/batch-changes.ts'
import { sizeOf } from './fit-for-disk.ts'
import type { CallbackSecret } from '../../hosting/callback-receiver.ts'

/**
 * What main must know of an item and the page must not: where it came from, which files hold it, whether an
 * upload was begun.
 */
export const PrivateItem = z.object({
  /** Where the file was picked up, as `raw-path` spells it; absent for pasted bytes. */
  path: z.string().optional(),
  /** The whole address, user info refused but query included. */
  url: z.string().optional(),
  /** SHA-256 of the original bytes (or of the address), hex: the same image twice is offered once. */
  hash: z.string().optional(),
  /** File names inside the batch's `images/`. */
  image: z.string().optional(),
  thumb: z.string().optional(),
  /** Pasted bytes, kept until the upright copy is there. */
  pasted: z.string().optional(),
  /** The smaller copy for a data URI, made of that revision of the image; without `copy` none is readable. `isWhole`: not scaled. */
  small: z
    .object({
      revision: z.number().int(),
      isWhole: z.boolean(),
      copy: SentCopy.extend({ file: z.string() }).optional(),
    })
    .optional(),
  /** Last part of the path under which the file host serves it, stable over restarts. */
  hostToken: z.string().optional(),
  /**
   * A single upload was begun under this submission: without an answer it may have been accepted and billed.
   */
  uploadStartedIn: z.string().optional(),
})
export type PrivateItem = z.infer<typeof PrivateItem>

const HeadBase = BatchHead.omit({ submissions: true })

export const JournalLine = z.object({
  /** The whole head, as the first line has it. */
  head: BatchHead.optional(),
  /** The head without its submissions: of those only the new and changed ones are written. A batch of 5,000 has fifty. */
  base: HeadBase.optional(),
  submissions: z.array(Submission).optional(),
  items: z.array(Item).optional(),
  removed: z.array(z.string()).optional(),
  private: z
    .object({
      items: z.record(z.string(), PrivateItem).optional(),
      /** Values of callback headers, which count as secrets. */
      callbackHeaders: recordOf(z.string()).optional(),
      /** Where and by which token an engine tells the app itself that a submission is done; both are secrets. */
      callbacks: z.record(z.string(), z.object({ id: z.string(), token: z.string() })).optional(),
    })
    .optional(),
})
export type JournalLine = z.infer<typeof JournalLine>

/**
 * What can be read of a line of which not everything can: each member and each item for itself. Undefined
 * when there is nothing.
 */
export function readPartly(value: unknown): JournalLine | undefined {
  const { head, base, submissions, items, removed, private: hidden } = asObject(value)
  const privateItems = Object.entries(asObject(asObject(hidden)['items'])).flatMap(([id, data]) => {
    const item = PrivateItem.safeParse(data)
    return item.success ? [[id, item.data] as const] : []
  })
  const headers = recordOf(z.string()).safeParse(asObject(hidden)['callbackHeaders'])
  const batchHead = BatchHead.safeParse(head)
  const headBase = HeadBase.safeParse(base)
  const line: JournalLine = {
    ...(batchHead.success ? { head: batchHead.data } : {}),
    ...(headBase.success ? { base: headBase.data } : {}),
    submissions: asArray(submissions).flatMap((submission) => Submission.safeParse(submission).data ?? []),
    items: asArray(items).flatMap((item) => Item.safeParse(item).data ?? []),
    removed: asArray(removed).filter((id) => typeof id === 'string'),
    private: {
      items: Object.fromEntries(privateItems),
      ...(headers.success ? { callbackHeaders: headers.data } : {}),
    },
  }
  const parts =
    (line.submissions?.length ?? 0) +
    (line.items?.length ?? 0) +
    (line.removed?.length ?? 0) +
    privateItems.length
  return line.head || line.base || headers.success || parts > 0 ? line : undefined
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A batch together with what the page does not see of it. */
export type StoredBatch = {
  readonly batch: Batch
  readonly privateItems: ReadonlyMap<string, PrivateItem>
  readonly callbackHeaders: Readonly<Record<string, string>>
  /** By submission. */
  readonly callbacks?: ReadonlyMap<string, CallbackSecret>
}

/** Replays the lines of a journal; undefined when no line says what batch it is. */
export function replay(lines: readonly JournalLine[]): StoredBatch | undefined {
  const items = new Map<string, Item>()
  const privateItems = new Map<string, PrivateItem>()
  const callbacks = new Map<string, CallbackSecret>()
  let head: BatchHead | undefined
  let callbackHeaders: Readonly<Record<string, string>> = {}
  for (const line of lines) {
    head = line.head ?? head
    if (line.base) head = { ...line.base, submissions: head?.submissions ?? [] }
    if (head && line.submissions) head = putSubmissions(head, line.submissions)
    for (const id of line.removed ?? []) items.delete(id)
    for (const item of line.items ?? []) items.set(item.id, item)
    for (const [id, data] of Object.entries(line.private?.items ?? {})) privateItems.set(id, data)
    for (const [id, secret] of Object.entries(line.private?.callbacks ?? {})) callbacks.set(id, secret)
    callbackHeaders = line.private?.callbackHeaders ?? callbackHeaders
  }
  if (!head) return undefined
  const batch = putItems({ ...head, items: [] }, [...items.values()])
  return { batch, privateItems, callbackHeaders, callbacks }
}

function putSubmissions(head: BatchHead, changed: readonly Submission[]): BatchHead {
  const submissions = new Map(head.submissions.map((submission) => [submission.id, submission]))
  for (const submission of changed) submissions.set(submission.id, submission)
  return { ...head, submissions: [...submissions.values()] }
}

/** What a line says of the head, when `written` is what the lines before it say. */
export function describeHead(
  written: BatchHead,
  head: BatchHead,
): Pick<JournalLine, 'head' | 'base' | 'submissions'> {
  const known = new Set(written.submissions)
  const ids = new Set(head.submissions.map(({ id }) => id))
  if (written.submissions.some(({ id }) => !ids.has(id))) return { head }
  const { submissions, ...base } = head
  return { base, submissions: submissions.filter((submission) => !known.has(submission)) }
}

/** Characters of items in one line: what JavaScript holds in one text has an end. */
const MAX_LINE_CHARS = 64_000_000

/** The same in as many lines as its items need. The head comes last: an end in between leaves a submission that is asked for again. */
export function splitLine(line: JournalLine): JournalLine[] {
  const { items = [], ...rest } = line
  const groups: Item[][] = [[]]
  let size = 0
  for (const item of items) {
    const chars = sizeOf(item)
    if (size > 0 && size + chars > MAX_LINE_CHARS) {
      groups.push([])
      size = 0
    }
    size += chars
    groups.at(-1)?.push(item)
  }
  if (groups.length === 1) return [line]
  return [...groups.map((group) => ({ items: group })), rest]
}

/**
 * The whole batch as one line: what a long journal is compacted to. Of removed items only the digests are
 * kept of those that were sent.
 */
export function snapshotLine(stored: StoredBatch): JournalLine {
  const { items, ...head } = stored.batch
  const ids = new Set(items.map(({ id }) => id))
  const sent = new Set(head.submissions.flatMap(({ sentKeys = {} }) => Object.keys(sentKeys)))
  const kept = [...stored.privateItems].flatMap(([id, data]) => {
    if (ids.has(id)) return [[id, data] as const]
    // Should the image be added again, its answer may be asked for.
    const { hash, uploadStartedIn } = data
    if (hash === undefined) return []
    if (uploadStartedIn !== undefined) return [[id, { hash, uploadStartedIn }] as const]
    return sent.has(id) ? [[id, { hash }] as const] : []
  })
  return {
    head,
    items,
    private: {
      items: Object.fromEntries(kept),
      callbackHeaders: { ...stored.callbackHeaders },
      callbacks: Object.fromEntries(stored.callbacks ?? []),
    },
  }
}
