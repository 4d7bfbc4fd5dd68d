import path from 'node:path'
import { readRegular } from '../../../node/regular-file.ts'
import type { Batch, Item, SentBecause, Submission } from '../../../shared/batch.ts'
import type { Way } from '../../../shared/way.ts'
import { changeItems, findItem } from '../../../shared/batch-changes.ts'
import { failPendingItem } from '../../../shared/batch-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import { sentKeyOf, settle } from '../../../shared/outstanding.ts'
import { type BatchRequest } from '../../../shared/mathpix.ts'
import { Callback } from '../../../shared/option-values.ts'
import type { EngineChoice, Settings } from '../../../shared/settings.ts'
import { callbackPath } from '../../hosting/callback-receiver.ts'
import { makeHostToken } from '../../hosting/file-host.ts'
import { imagesDir } from '../journal/batch-folder.ts'
import type { BatchRecord } from '../batch-record.ts'
import { buildRequest, topLevelOptions, type RequestItem } from './build-request.ts'
import { base64Length, chooseWay, MAX_DATA_URI_BYTES } from './choose-way.ts'
import type { PrivateItem } from '../journal/journal-line.ts'
import { publicBaseOf, type OpenWays } from './open-ways.ts'
import type { ServiceDeps } from '../service-deps.ts'
import { canShrink } from './small-copies.ts'
import { imagesPerPost, MAX_BODY_BYTES, sizeOfEntry, splitSubmissions } from './split-submissions.ts'

/** Where images go, and the ways that lead there. */
export type Destination = { readonly engine: EngineChoice; readonly ways: OpenWays }

export type PlannedSubmission = {
  readonly sentAs: ReadonlyMap<string, Way>
  readonly sentBecause: ReadonlyMap<string, SentBecause>
}

type WireDeps = Pick<ServiceDeps, 'dir' | 'host' | 'settings'>

/** Room for a hosted address: a public base URL, `/i/` and the token. */
const HOSTED_URL_BYTES = 300

/**
 * Divides items into POSTs, in drop order and within the limits of a body. Images that go by single upload
 * are no part of a POST of v3/batch and form a submission of their own.
 */
export function planSubmissions(
  record: BatchRecord,
  items: readonly Item[],
  { engine, ways }: Destination,
  settings: Settings,
): PlannedSubmission[] {
  const { options } = record.batch
  const sentAs = new Map<string, Way>()
  const sentBecause = new Map<string, SentBecause>()
  for (const item of items) {
    const chosen = chooseWay({
      source: item.source.kind,
      engine: engine.kind,
      ways,
      bytes: item.image?.bytes ?? 0,
      canShrink: canShrink(record, item),
    })
    sentAs.set(item.id, chosen.sentAs)
    if (chosen.because !== undefined) sentBecause.set(item.id, chosen.because)
  }
  const isUpload = (item: Item) => sentAs.get(item.id) === 'upload'
  const baseBytes = Buffer.byteLength(JSON.stringify(topLevelOptions(options, engine.kind))) + 2000
  const groups = splitSubmissions(
    items.filter((item) => !isUpload(item)),
    (item) => entryBytes(record, item, sentAs.get(item.id)),
    baseBytes,
    { bytes: MAX_BODY_BYTES, images: imagesPerPost(engine, settings) },
  )
  const uploads = items.filter(isUpload)
  if (uploads.length > 0) groups.push(uploads)
  return groups.map((group) => ({
    sentAs: new Map(group.map(({ id }) => [id, sentAs.get(id) ?? 'url'])),
    sentBecause: new Map(
      group.flatMap(({ id }) => {
        const because = sentBecause.get(id)
        return because === undefined ? [] : [[id, because] as const]
      }),
    ),
  }))
}

/** Gives every item of the plan that the file host will serve an address that survives a restart. */
export function assignHostTokens(
  record: BatchRecord,
  plan: readonly Pick<PlannedSubmission, 'sentAs'>[],
): Record<string, PrivateItem> {
  const changed: Record<string, PrivateItem> = {}
  for (const [id, way] of plan.flatMap(({ sentAs }) => [...sentAs])) {
    const image = way === 'hosted' ? findItem(record.batch, id)?.image : undefined
    if (image) changed[id] = { ...record.privateOf(id), hostToken: makeHostToken(image.mime) }
  }
  return changed
}

/**
 * The body of the POST for one submission, read from the items as they stand. Puts the images it names on the
 * file host.
 */
export async function buildBatchBody(
  record: BatchRecord,
  submission: Submission,
  deps: WireDeps,
): Promise<BatchRequest> {
  const { options } = record.batch
  hostImages(record, submission, deps)
  const items: RequestItem[] = []
  for (const item of pendingItems(record, submission.id)) {
    // Put back since it was noted who is in it.
    if (submission.sentKeys !== undefined && !Object.hasOwn(submission.sentKeys, item.id)) continue
    const url = await wireUrl(record, item, deps).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
    })
    if (url !== undefined) items.push({ key: sentKeyOf(submission, item), overrides: item.overrides, url })
    // The others of its batch do not wait for it.
    else await record.update((batch) => leaveOut(batch, submission.id, item.id))
  }
  const callback = usersCallback(record) ?? ownCallback(record, submission, deps)
  return buildRequest(items, options, submission.engine.kind, callback)
}

/**
 * Serves the images of a submission; called again after a restart, when the engine may not have fetched all
 * of them.
 */
export function hostImages(record: BatchRecord, submission: Submission, deps: WireDeps): void {
  for (const item of pendingItems(record, submission.id)) {
    const { hostToken, image } = record.privateOf(item.id)
    if (item.sentAs !== 'hosted' || hostToken === undefined || image === undefined || !item.image) continue
    deps.host.add(hostToken, { file: imageFile(record, deps, image), mime: item.image.mime })
  }
}

export function unhostImages(record: BatchRecord, submission: Submission, deps: WireDeps): void {
  for (const id of submission.itemIds) {
    const { hostToken } = record.privateOf(id)
    if (hostToken !== undefined) deps.host.remove(hostToken)
  }
}

export function pendingItems(record: BatchRecord, submissionId: string): Item[] {
  return record.batch.items.filter((item) => item.submissionId === submissionId && item.state === 'pending')
}

/** True for a submission of single uploads, which has no `batch_id`. */
export function isUploadSubmission(record: BatchRecord, submission: Submission): boolean {
  if (submission.state === 'processing' && submission.batch_id === undefined) return true
  const ids = new Set(submission.itemIds)
  const items = record.batch.items.filter((item) => ids.has(item.id) && item.submissionId === submission.id)
  return items.length > 0 && items.every(({ sentAs }) => sentAs === 'upload')
}

function leaveOut(batch: Batch, submissionId: string, itemId: string): Batch {
  const failed = failPendingItem(batch, submissionId, itemId, COPY_MISSING)
  return changeItems(failed, (item) => (item.id === itemId ? settle(item, submissionId) : item))
}

export const COPY_MISSING: AppError = {
  kind: 'image',
  reason: 'missing',
  message: 'The stored copy of this image is missing.',
}

export async function readImage(
  record: BatchRecord,
  item: Item,
  deps: Pick<ServiceDeps, 'dir'>,
): Promise<Buffer<ArrayBuffer>> {
  const { image } = record.privateOf(item.id)
  return readRegular(imageFile(record, deps, image ?? 'missing'))
}

/** The smaller copy where one is sent, else the image. */
async function readSent(record: BatchRecord, item: Item, deps: Pick<ServiceDeps, 'dir'>): Promise<Buffer> {
  const file = item.sentCopy && record.privateOf(item.id).small?.copy?.file
  return file === undefined ? readImage(record, item, deps) : readRegular(imageFile(record, deps, file))
}

function imageFile(record: BatchRecord, deps: Pick<ServiceDeps, 'dir'>, name: string): string {
  return path.join(imagesDir(path.join(deps.dir, record.batch.id)), name)
}

async function wireUrl(record: BatchRecord, item: Item, deps: WireDeps): Promise<string> {
  const { url, hostToken } = record.privateOf(item.id)
  if (item.sentAs === 'url') return url ?? ''
  if (item.sentAs === 'data_uri') {
    const bytes = await readSent(record, item, deps)
    const { mime } = item.sentCopy ?? item.image ?? { mime: 'image/png' }
    return `data:${mime};base64,${bytes.toString('base64')}`
  }
  const engine = record.submission(item.submissionId)?.engine
  const base = hostBase(engine?.kind ?? 'local', deps)
  // The way was checked a moment ago; an address that nobody can fetch never leaves.
  if (base === undefined) throw new Error('no public address')
  return `${base}/i/${hostToken ?? ''}`
}

/** Where an engine reaches the built-in host: the loopback from this computer, else the public address, if there is one. */
function hostBase(engine: Submission['engine']['kind'], deps: Omit<WireDeps, 'dir'>): string | undefined {
  return engine === 'local' ? `http://127.0.0.1:${deps.host.port}` : publicBaseOf(deps)
}

function entryBytes(record: BatchRecord, item: Item, sentAs: Way | undefined): number {
  // Options of its own may repeat every option of the batch, in the shape of the wire.
  const own = JSON.stringify({ ...item.overrides, format_options: {} }).length * 2 + 1000
  const options =
    Object.keys(item.overrides).length === 0 ? 0 : own + JSON.stringify(record.batch.options).length * 2
  const sentBytes = Math.min(item.image?.bytes ?? 0, MAX_DATA_URI_BYTES)
  if (sentAs === 'data_uri') return sizeOfEntry(item.key, '') + base64Length(sentBytes) + 40 + options
  if (sentAs === 'url') return sizeOfEntry(item.key, record.privateOf(item.id).url ?? '') + options
  return sizeOfEntry(item.key, '') + HOSTED_URL_BYTES + options
}

/** Who will be told when a submission is done: the user's address goes first, then the app if the engine can reach it. */
export function callbackFor(
  record: BatchRecord,
  engine: EngineChoice,
  ways: OpenWays,
): NonNullable<Submission['callback']> | undefined {
  if (usersCallback(record)) return 'user'
  return engine.kind === 'local' || ways.publicBase !== undefined ? 'own' : undefined
}

/** The app's own callback, as far as one was prepared for this submission. */
function ownCallback(record: BatchRecord, submission: Submission, deps: WireDeps): Callback | undefined {
  const secret = record.callbackOf(submission.id)
  const base = hostBase(submission.engine.kind, deps)
  if (submission.callback !== 'own' || !secret || base === undefined) return undefined
  return { post: base + callbackPath(secret), headers: { Authorization: `Bearer ${secret.token}` } }
}

/** The user's callback with the header values that the page does not get to see. */
function usersCallback(record: BatchRecord): Callback | undefined {
  const parsed = Callback.safeParse(record.batch.options['callback'])
  if (!parsed.success) return undefined
  const headers = { ...parsed.data.headers, ...record.callbackHeaders }
  return Object.keys(headers).length === 0 ? parsed.data : { ...parsed.data, headers }
}
