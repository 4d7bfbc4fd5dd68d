import { isUtf8 } from 'node:buffer'
import { readdir } from 'node:fs/promises'
import path from 'node:path'

/**
 * Paths as strings that lose nothing. On Linux a file name is bytes, not text; a byte of it that is no UTF-8 stands in the string as a lone
 * surrogate (0xDC00 and the byte), which survives JSON and messages and which no name that is text can hold.
 */
const FIRST = 0xdc00
const RAW_BYTE = /\p{Surrogate}/u
const RAW_BYTES = /\p{Surrogate}/gu
/** What Node and Chromium put where bytes are no UTF-8: one or more of these. */
const REPLACED = /\ufffd+/g

/** The bytes of a name as a string that can be turned back. */
export function fromBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((size) => isUtf8(bytes.subarray(at, at + size)))
    text +=
      length === undefined
        ? String.fromCharCode(FIRST + (bytes[at] ?? 0))
        : bytes.toString('utf8', at, at + length)
    at += length ?? 1
  }
  return text
}

/** The path as the file system takes it. */
export function toFsPath(file: string): string | Buffer {
  if (!RAW_BYTE.test(file)) return file
  return Buffer.concat(
    Array.from(file, (character) =>
      RAW_BYTE.test(character) ? Buffer.of(character.charCodeAt(0) - FIRST) : Buffer.from(character),
    ),
  )
}

/** As it is shown: a replacement character for each byte that is no text. */
export const toShown = (file: string): string => file.replace(RAW_BYTES, '\ufffd')

/** The names in a folder. */
export async function listNames(dir: string): Promise<string[]> {
  return (await readdir(toFsPath(dir), { encoding: 'buffer' })).map(fromBytes)
}

/**
 * What a path with replacement characters may stand for: command lines, drops and dialogs hand over text only. All the files and folders that
 * are spelled like it.
 */
export async function findReplaced(file: string): Promise<string[]> {
  const { root } = path.parse(file)
  let found = [root]
  for (const part of file.slice(root.length).split(path.sep)) {
    if (part.includes('\ufffd')) {
      const wanted = fold(part)
      const listed = await Promise.all(
        found.map(async (dir) => {
          const names = await listNames(dir).catch(() => [])
          return names.filter((name) => fold(name) === wanted).map((name) => path.join(dir, name))
        }),
      )
      found = listed.flat()
    } else found = found.map((dir) => path.join(dir, part))
  }
  return found
}

/** Decoders differ in how many characters they put for a run of bytes. */
const fold = (name: string) => toShown(name).replace(REPLACED, '\ufffd')
