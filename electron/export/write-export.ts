import { link, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { nanoid } from 'nanoid'
import { toPlainName } from '../../shared/item-keys.ts'
import { DOCUMENT_FORMATS, type DocumentFormat } from '../../shared/output-formats.ts'
import type { Scrub } from '../../shared/scrub-secrets.ts'
import { writeWholeFile } from '../../node/write-whole-file.ts'
import type { DocumentItem } from '../../node/formats/documents/document.ts'
import { FILES, writeDocument } from '../../node/formats/documents/write-document.ts'

export type Exported = { readonly files: number; readonly problems: readonly string[] }

type Target = { readonly format: DocumentFormat; readonly title: string; readonly scrub: Scrub }

/**
 * Writes a document to a file, which is replaced as a whole, or a file for each image into a folder, in which nothing is replaced. Rejects
 * with the system's error.
 */
export async function writeExport(
  items: readonly DocumentItem[],
  target: string,
  { format, title, scrub }: Target,
): Promise<Exported> {
  if (format === 'tex_files' || format === 'raw_files') return writeFiles(items, target, { format, scrub })
  const { content, problems } = await writeDocument(items, format, title)
  await writeWholeFile(target, typeof content === 'string' ? scrub(content) : content)
  return { files: 1, problems }
}

type FilesTarget = { readonly format: 'tex_files' | 'raw_files'; readonly scrub: Scrub }

async function writeFiles(
  items: readonly DocumentItem[],
  dir: string,
  { format, scrub }: FilesTarget,
): Promise<Exported> {
  await mkdir(dir, { recursive: true })
  let files = 0
  for (const item of items) {
    const content = FILES[format](item)
    if (content === undefined) continue
    await writeBeside(dir, toFileName(item.line.key), {
      extension: DOCUMENT_FORMATS[format].extension,
      content: scrub(content),
    })
    files += 1
  }
  return { files, problems: [] }
}

/** Under a name that is free: a file that is there already, or appears meanwhile, keeps its own. */
async function writeBeside(
  dir: string,
  stem: string,
  { extension, content }: { readonly extension: string; readonly content: string },
): Promise<void> {
  const draft = path.join(dir, `.${nanoid(8)}.tmp`)
  await writeWholeFile(draft, content)
  try {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? `${stem}.${extension}` : `${stem} (${number}).${extension}`
      if (await linkNew(draft, path.join(dir, name))) return
    }
  } finally {
    await rm(draft, { force: true })
  }
}

/** False where there is a file of that name. */
async function linkNew(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** A name that every system takes. */
export function toFileName(name: string): string {
  const plain = toPlainName(`${name}.x`)
  return reserved.test(plain) ? `_${plain}` : plain
}
