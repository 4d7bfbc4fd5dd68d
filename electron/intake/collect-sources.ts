import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import type { DroppedSource } from '../../shared/ipc/contract.ts'
import { compareNaturally } from '../../shared/item-keys.ts'
import { looksLikeImage } from './looks-like-image.ts'
import { imageError } from './image-error.ts'
import { findReplaced, fromBytes, listNames, toFsPath, toShown } from './raw-path.ts'

/** One thing that becomes an item. */
export type CollectedSource =
  /** The name as it is shown; the path as `raw-path` spells it. */
  | { readonly kind: 'path'; readonly name: string; readonly path: string }
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'problem'; readonly name: string; readonly error: AppError }

export type Collected = {
  readonly sources: readonly CollectedSource[]
  /** Names of the files of folders that are no images by name or content. */
  readonly leftOut: readonly string[]
}

/**
 * What is picked out of a folder by its name: images, and what people take for images, so that these get a reason instead
 * of vanishing. Of all other files the content decides.
 */
const IMAGE_NAME = /\.(png|apng|jpe?g|jpe|jfif|webp|gif|bmp|dib|tiff?|avif|hei[cf]|svg|pdf)$/i
const MAX_DEPTH = 32

/**
 * Turns what was dropped into single sources, in drop order; a folder's entries in natural order, its
 * subfolders in their place. Only a look at the disk tells a folder from a file: `x.png` may be a folder.
 */
export async function collectSources(dropped: readonly DroppedSource[]): Promise<Collected> {
  const collected: CollectedSource[] = []
  const leftOut: string[] = []
  for (const source of dropped) {
    if (source.kind === 'bytes') {
      collected.push({ kind: 'bytes', name: cleanName(source.name), bytes: source.bytes })
    } else {
      collected.push(...(await collectPath(source.path, leftOut)))
    }
  }
  return { sources: collected, leftOut }
}

async function collectPath(target: string, leftOut: string[]): Promise<CollectedSource[]> {
  const name = toShown(path.basename(target))
  const info = await stat(toFsPath(target)).catch((error: unknown) => error as NodeJS.ErrnoException)
  if (info instanceof Error && info.code === 'ENOENT' && target.includes('\ufffd'))
    return collectReplaced(target, leftOut)
  if (info instanceof Error) return [{ kind: 'problem', name, error: fileError(name, info) }]
  if (info.isFile()) return [{ kind: 'path', name, path: target }]
  if (!info.isDirectory()) {
    return [{ kind: 'problem', name, error: imageError('unsupported', `“${name}” is not a file.`) }]
  }
  const found: CollectedSource[] = []
  await walk(target, { found, leftOut, seen: new Set() }, 0)
  if (found.length > 0) return found
  return [{ kind: 'problem', name, error: imageError('empty', `The folder “${name}” holds no images.`) }]
}

/** A path of which the bytes were lost on the way: taken where only one thing can be meant. */
async function collectReplaced(target: string, leftOut: string[]): Promise<CollectedSource[]> {
  const name = path.basename(target)
  const candidates = await findReplaced(target)
  const [only] = candidates
  if (only !== undefined && candidates.length === 1) return collectPath(only, leftOut)
  const error =
    only === undefined
      ? imageError(
          'missing',
          `“${name}” is not there any more, or its name, which is not valid UTF-8, was lost.`,
        )
      : imageError(
          'unreadable',
          `“${name}” may be one of ${String(candidates.length)} files: their names are not valid UTF-8 and look alike. Add their folder instead.`,
        )
  return [{ kind: 'problem', name, error }]
}

type Walk = {
  readonly found: CollectedSource[]
  readonly leftOut: string[]
  /** Real paths: a link to a folder above would never end. */
  readonly seen: Set<string>
}

async function walk(dir: string, into: Walk, depth: number): Promise<void> {
  const { found, leftOut, seen } = into
  const real = await realpath(toFsPath(dir), { encoding: 'buffer' }).then(fromBytes, () => dir)
  if (depth > MAX_DEPTH || seen.has(real)) return
  seen.add(real)
  const names = await listNames(dir).catch((error: unknown) => {
    const name = toShown(path.basename(dir))
    found.push({ kind: 'problem', name, error: fileError(name, error as NodeJS.ErrnoException) })
    return []
  })
  for (const name of names.filter((entry) => !entry.startsWith('.')).sort(compareNaturally)) {
    const target = path.join(dir, name)
    const info = await stat(toFsPath(target)).catch(() => undefined)
    if (info?.isDirectory()) await walk(target, into, depth + 1)
    else if (info?.isFile() && (IMAGE_NAME.test(name) || (await looksLikeImage(target))))
      found.push({ kind: 'path', name: toShown(name), path: target })
    else leftOut.push(toShown(name))
  }
}

/** One sentence about the files that were left out of folders. */
export function describeLeftOut(leftOut: readonly string[]): string {
  const shown = leftOut.slice(0, 3).map((name) => `“${name.slice(0, 60)}”`)
  const more = leftOut.length - shown.length
  const list = more > 0 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(', ')
  return leftOut.length === 1
    ? `Left out, because it is no image: ${list}.`
    : `Left out, because they are no images: ${list}.`
}

/** Why a file cannot be read, in plain words; the path stays out of it. */
export function fileError(name: string, error: NodeJS.ErrnoException): AppError {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    return imageError('missing', `“${name}” is not there any more.`)
  if (error.code === 'EACCES' || error.code === 'EPERM')
    return imageError('unreadable', `“${name}” may not be read by this user.`)
  return imageError('unreadable', `“${name}” could not be read (${error.code ?? 'unknown error'}).`)
}

function cleanName(name: string): string {
  const base = name.split(/[/\\]/).at(-1)?.trim() ?? ''
  return base === '' ? 'pasted image' : base.slice(0, 255)
}
