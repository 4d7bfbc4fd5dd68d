import { DOCUMENT_FORMATS, isFolderFormat, type DocumentFormat } from '../../shared/output-formats.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Scrub } from '../../shared/scrub-secrets.ts'
import { listDocumentItems, type ExportSource } from './document-items.ts'
import { toFileName, writeExport } from './write-export.ts'

/** What the system's dialog is asked for. */
export type SaveQuestion =
  | {
      readonly kind: 'file'
      readonly name: string
      readonly filter: { readonly name: string; readonly extension: string }
    }
  | { readonly kind: 'folder' }

export type Saved = {
  /** Images that there are to write. */
  readonly images: number
  /** The name of the file or folder, without its place; absent when nothing was written, for the user chose no place or there is no image. */
  readonly name?: string
  readonly problems: string[]
}

type Deps = {
  /** Where to; undefined when the user does not want it after all. */
  readonly askWhere: (question: SaveQuestion) => Promise<string | undefined>
  readonly baseName: (file: string) => string
  readonly scrub: Scrub
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EROFS: 'The folder is read-only.',
  EACCES: 'The folder may not be written.',
  EPERM: 'The folder may not be written.',
  ENOENT: 'The folder is not there.',
  ENOTDIR: 'The folder is not there.',
  EISDIR: 'A folder has that name.',
}

function explain(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === undefined) throw error
  return `Nothing was exported. ${REASONS[code] ?? `The disk refused the write (${code}).`}`
}

/** Saves images of a batch where the user says. A file that is there is replaced only after the system's dialog has asked. */
export async function exportItems(
  source: ExportSource,
  format: DocumentFormat,
  { askWhere, baseName, scrub }: Deps,
): Promise<Result<Saved>> {
  const items = listDocumentItems(source)
  if (items.length === 0) return ok({ images: 0, problems: [] })
  const { name, extension } = DOCUMENT_FORMATS[format]
  const title = source.batch.name
  const where = await askWhere(
    isFolderFormat(format)
      ? { kind: 'folder' }
      : { kind: 'file', name: `${toFileName(title)}.${extension}`, filter: { name, extension } },
  )
  if (where === undefined) return ok({ images: items.length, problems: [] })
  try {
    const { problems } = await writeExport(items, where, { format, title, scrub })
    return ok({ images: items.length, name: baseName(where), problems: [...problems] })
  } catch (error) {
    return fail({ kind: 'storage', message: explain(error) })
  }
}
