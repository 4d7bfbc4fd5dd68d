import type { DocumentFormat } from '../../../shared/output-formats.ts'
import { makePortable } from '../../../shared/latex/portable.ts'
import { writeJson } from '../../../shared/write-json.ts'
import { isProse } from '../write-formulas.ts'
import type { DocumentItem, WriteDocument, WrittenDocument } from './document.ts'

type FileFormat = Exclude<DocumentFormat, 'tex_files' | 'raw_files'>
type FolderFormat = Extract<DocumentFormat, 'tex_files' | 'raw_files'>

/** Loads what a format needs when it is wanted first. */
const DOCUMENTS: Readonly<Record<FileFormat, () => Promise<WriteDocument>>> = {
  docx: async () => (await import('./docx.ts')).writeDocx,
  tex: async () => (await import('./texts.ts')).TEXT_DOCUMENTS.tex,
  md: async () => (await import('./texts.ts')).TEXT_DOCUMENTS.md,
  page: async () => (await import('./texts.ts')).TEXT_DOCUMENTS.page,
  typ: async () => (await import('./texts.ts')).TEXT_DOCUMENTS.typ,
  csv: async () => (await import('./table.ts')).TABLE_DOCUMENTS.csv,
  tsv: async () => (await import('./table.ts')).TABLE_DOCUMENTS.tsv,
  json_list: () => Promise.resolve(writeLines((lines) => `${writeJson(lines)}\n`)),
  jsonl: () =>
    Promise.resolve(writeLines((lines) => lines.map((line) => `${JSON.stringify(line)}\n`).join(''))),
}

const writeLines =
  (write: (lines: readonly unknown[]) => string): WriteDocument =>
  (items) =>
    Promise.resolve({ content: write(items.map(({ line }) => line)), problems: [] })

/** The whole content of a document. */
export async function writeDocument(
  items: readonly DocumentItem[],
  format: FileFormat,
  title: string,
): Promise<WrittenDocument> {
  const write = await DOCUMENTS[format]()
  return write(items, title)
}

/** What the file of one image holds; undefined where there is nothing to write. */
export const FILES: Readonly<Record<FolderFormat, (item: DocumentItem) => string | undefined>> = {
  tex_files: ({ formula }) => {
    if (!formula) return undefined
    return `${isProse(formula) ? formula.latex : makePortable(formula.latex, 'display')}\n`
  },
  raw_files: ({ line }) => (line.result ? `${writeJson(line.result)}\n` : undefined),
}
