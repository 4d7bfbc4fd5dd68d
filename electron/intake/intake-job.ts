import { createHash } from 'node:crypto'
import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { measureDemand, unwatched, type DecodeWatch } from '../../node/images/decode-watch.ts'
import { readDeclaredSize } from '../../node/images/declared-size.ts'
import type { EncodedImage } from '../../node/images/encode-image.ts'
import { findBlocks, type Block } from '../../node/images/find-blocks.ts'
import { decodeImage } from '../../node/images/open-image.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { readRegular } from '../../node/regular-file.ts'
import type { AppError } from '../../shared/errors.ts'
import { endingOf, type ImageMime } from '../../shared/image-mime.ts'
import { makeItemId, positionOf } from '../../shared/item-keys.ts'
import { describeDiskError } from '../disk-errors.ts'
import { fileError } from './collect-sources.ts'
import { MAX_SOURCE_BYTES } from './intake-limits.ts'
import { countPages, preparePages } from './prepare-image.ts'
import { toFsPath } from './raw-path.ts'
import { shrinkImage } from './shrink-image.ts'
import { imageError } from './image-error.ts'

/** Plain data, as it crosses to the worker thread and back. */
export type IntakeSource = { readonly path: string } | { readonly bytes: Uint8Array }

export type HashJob = {
  readonly kind: 'hash'
  readonly name: string
  readonly source: IntakeSource
}

export type PrepareJob = {
  readonly kind: 'prepare'
  readonly name: string
  readonly source: IntakeSource
  readonly itemId: string
  /** Folder for the upright copies and thumbnails. */
  readonly dir: string
  /** The page to begin with, counted from 1; those before it are stored already. */
  readonly firstPage?: number
}

export type ShrinkJob = {
  readonly kind: 'shrink'
  readonly name: string
  /** The upright copy in `dir`. */
  readonly image: string
  readonly dir: string
  readonly maxBytes: number
  /** False where coordinates in pixels count. */
  readonly mayScale: boolean
}

export type BlocksJob = {
  readonly kind: 'blocks'
  readonly name: string
  /** The upright copy in `dir`. */
  readonly image: string
  readonly dir: string
}

export type IntakeJob = HashJob | PrepareJob | ShrinkJob | BlocksJob

/** A smaller copy beside the image; `file` is its name in the same folder. */
export type StoredCopy = Omit<EncodedImage, 'bytes'> & { readonly bytes: number; readonly file: string }

export type StoredPage = {
  readonly page: number
  readonly pages: number
  /** The id of the page's item; that of the job for the first page. */
  readonly itemId: string
  readonly outcome:
    | {
        readonly ok: true
        readonly width: number
        readonly height: number
        readonly bytes: number
        readonly mime: ImageMime
        readonly image: string
        readonly thumb: string
      }
    | { readonly ok: false; readonly error: AppError }
}

/** `pages` tells how many a file has before the first is made. */
export type IntakeReply =
  | { readonly kind: 'pages'; readonly pages: number }
  | { readonly kind: 'hash'; readonly hash: string }
  | { readonly kind: 'page'; readonly page: StoredPage }
  | { readonly kind: 'copy'; readonly copy: StoredCopy | undefined }
  | { readonly kind: 'blocks'; readonly blocks: readonly Block[] }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'done' }

/** Does one job and reports through `reply`; the last report is `done`, `hash`, `copy`, `blocks` or `failed`. */
export async function runIntakeJob(
  job: IntakeJob,
  reply: (reply: IntakeReply) => void,
  watch: DecodeWatch = unwatched,
): Promise<void> {
  if (job.kind === 'shrink') {
    reply({ kind: 'copy', copy: await shrinkStored(job, watch) })
    return
  }
  if (job.kind === 'blocks') {
    reply({ kind: 'blocks', blocks: findBlocks(await decodeStored(job, watch)) })
    return
  }
  const read = await readSource(job.source, job.name)
  if ('error' in read) {
    reply({ kind: 'failed', error: read.error })
    return
  }
  if (job.kind === 'hash') {
    reply({ kind: 'hash', hash: createHash('sha256').update(read.bytes).digest('hex') })
    return
  }
  reply({ kind: 'pages', pages: countPages(read.bytes) })
  for await (const prepared of preparePages(read.bytes, job.name, watch, job.firstPage)) {
    const { page, pages } = prepared
    const itemId = page === 1 ? job.itemId : makeItemId(positionOf(job.itemId), page)
    if ('error' in prepared) {
      reply({ kind: 'page', page: { page, pages, itemId, outcome: { ok: false, error: prepared.error } } })
      continue
    }
    const { bytes, thumb, mime, width, height } = prepared.image
    const image = `${itemId}.${endingOf(mime)}`
    const thumbName = `${itemId}.thumb.png`
    try {
      await writeFile(path.join(job.dir, image), bytes, { flush: true })
      await writeFile(path.join(job.dir, thumbName), thumb, { flush: true })
      // Kept for reference where the copy is not the original byte for byte.
      if (page === 1 && bytes !== read.bytes)
        await writeFile(path.join(job.dir, originalName(itemId)), read.bytes)
    } catch (error) {
      const storage = describeDiskError(error, 'The app’s copy of the image could not be made.')
      reply({ kind: 'page', page: { page, pages, itemId, outcome: { ok: false, error: storage } } })
      continue
    }
    const outcome = { ok: true as const, width, height, mime, bytes: bytes.length, image, thumb: thumbName }
    reply({ kind: 'page', page: { page, pages, itemId, outcome } })
  }
  reply({ kind: 'done' })
}

async function decodeStored({ dir, image }: BlocksJob, watch: DecodeWatch): Promise<Pixels> {
  const bytes = await readRegular(path.join(dir, image))
  const kind = path.extname(image) === '.png' ? 'png' : 'jpeg'
  await watch.begin(measureDemand(bytes.length, kind, readDeclaredSize(bytes, kind)))
  return decodeImage(bytes)
}

/** What cannot be read or written has no copy: the image then goes as it is. */
async function shrinkStored(
  { dir, image, maxBytes, mayScale }: ShrinkJob,
  watch: DecodeWatch,
): Promise<StoredCopy | undefined> {
  try {
    const bytes = await readRegular(path.join(dir, image))
    const kind = path.extname(image) === '.png' ? 'png' : 'jpeg'
    await watch.begin(measureDemand(bytes.length, kind, readDeclaredSize(bytes, kind)))
    // It was decoded before: from here on it is only its pixels that count.
    watch.end()
    const small = await shrinkImage(bytes, maxBytes, mayScale)
    if (!small) return undefined
    const file = `${path.parse(image).name}.small.${endingOf(small.mime)}`
    await writeFile(path.join(dir, file), small.bytes, { flush: true })
    return { ...small, bytes: small.bytes.length, file }
  } catch {
    return undefined
  }
}

function originalName(itemId: string): string {
  return `${itemId}.original`
}

async function readSource(
  source: IntakeSource,
  name: string,
): Promise<{ bytes: Buffer } | { error: AppError }> {
  if ('bytes' in source) {
    const { buffer, byteOffset, byteLength } = source.bytes
    return { bytes: Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength) }
  }
  try {
    const { size } = await stat(toFsPath(source.path))
    if (size > MAX_SOURCE_BYTES) return { error: imageError('too_large', `“${name}” is larger than 200 MB.`) }
    return { bytes: await readRegular(toFsPath(source.path)) }
  } catch (error) {
    return { error: fileError(name, error as NodeJS.ErrnoException) }
  }
}
