import { createWriteStream, type WriteStream } from 'node:fs'
import { access, constants, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { devNull } from 'node:os'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { isFolderFormat, type DocumentFormat } from '../../shared/output-formats.ts'
import type { DocumentItem } from '../../node/formats/documents/document.ts'
import { writeDocument } from '../../node/formats/documents/write-document.ts'
import { writeExport } from '../export/write-export.ts'
import { isInput } from './is-input.ts'
import type { RunRecord } from './run-folder.ts'
import { findDocument } from './usage-text.ts'

/** Where results are written: `commit` makes them visible, `discard` takes back what is there of them. */
export type ResultOutput = {
  /** Rejects when the line cannot be written. */
  readonly write: (line: string) => Promise<void>
  /** Writes a document; answers why formulas stand in it as LaTeX. */
  readonly document: (items: readonly DocumentItem[], format: DocumentFormat) => Promise<readonly string[]>
  readonly commit: () => Promise<void>
  readonly discard: () => Promise<void>
}

/**
 * Opens the file before anything is sent; without one it is the standard output. It is written aside under another name and renamed when
 * it is whole. A run that is finished later gives the same other name, and so takes up what its first process left. Rejects with a
 * `code` when it cannot be written: the system's, or `ENOTREG` for a pipe or device other than the standard output and the null device, or
 * `INPUT` for one of the images that are read.
 */
export async function openOutput(
  file: string | undefined,
  run: Pick<RunRecord, 'id' | 'inputs'>,
  format?: string,
): Promise<ResultOutput> {
  if (file === undefined) return standardOutput()
  const document = findDocument(format)
  if (document !== undefined && isFolderFormat(document)) return openFolder(file)
  if (path.resolve(file) === '/dev/stdout') return standardOutput()
  const info = await stat(file).catch(() => undefined)
  if (info?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
  if (info && !info.isFile()) {
    // To open a pipe is to wait for a reader, which may never come.
    if (path.resolve(file) === devNull) return toStream(createWriteStream(file))
    throw Object.assign(new Error('is no file'), { code: 'ENOTREG' })
  }
  if (await isInput(file, run.inputs)) throw Object.assign(new Error('is an input'), { code: 'INPUT' })
  if (info) await access(file, constants.W_OK)
  const aside = path.join(path.dirname(file), `.${path.basename(file)}.${run.id}.part`)
  const handle = await open(aside, 'w', info?.mode)
  const stream = handle.createWriteStream()
  const { write, document: writeDocument, commit } = toStream(stream)
  return {
    write,
    document: writeDocument,
    commit: async () => {
      await commit()
      await rename(aside, file)
    },
    discard: async () => {
      stream.destroy()
      await rm(aside, { force: true })
    },
  }
}

export const standardOutput = () => toStream(process.stdout)

/** A folder for files, in which nothing is replaced, so that there is nothing to make visible or to take back. */
async function openFolder(dir: string): Promise<ResultOutput> {
  await mkdir(dir, { recursive: true })
  await access(dir, constants.W_OK)
  const nothing = () => Promise.resolve()
  const document: ResultOutput['document'] = async (items, format) =>
    (await writeExport(items, dir, { format, title: TITLE, scrub: (text) => text })).problems
  return { write: nothing, document, commit: nothing, discard: nothing }
}

const TITLE = 'Formulift'

function toStream(stream: WriteStream | NodeJS.WriteStream): ResultOutput {
  // Each write tells its own; without a listener an error would end the process.
  stream.on('error', () => undefined)
  const send = (content: string | Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      stream.write(content, (error) => (error ? reject(error) : resolve()))
    })
  return {
    write: (line) => send(`${line}\n`),
    document: async (items, format) => {
      if (format === 'tex_files' || format === 'raw_files') return []
      const { content, problems } = await writeDocument(items, format, TITLE)
      await send(content)
      return problems
    },
    commit: async () => {
      if (stream === process.stdout) return
      stream.end()
      await finished(stream)
    },
    discard: () => Promise.resolve(),
  }
}
