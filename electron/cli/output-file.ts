import { createWriteStream, type WriteStream } from 'node:fs'
import { access, constants, open, rename, rm, stat } from 'node:fs/promises'
import { devNull } from 'node:os'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { isInput } from './is-input.ts'
import type { RunRecord } from './run-folder.ts'

/** Where results are written: `commit` makes them visible, `discard` takes back what is there of them. */
export type ResultOutput = {
  /** Rejects when the line cannot be written. */
  readonly write: (line: string) => Promise<void>
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
): Promise<ResultOutput> {
  if (file === undefined) return standardOutput()
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
  const { write, commit } = toStream(stream)
  return {
    write,
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

function toStream(stream: WriteStream | NodeJS.WriteStream): ResultOutput {
  // Each write tells its own; without a listener an error would end the process.
  stream.on('error', () => undefined)
  return {
    write: (line) =>
      new Promise((resolve, reject) => {
        stream.write(`${line}\n`, (error) => (error ? reject(error) : resolve()))
      }),
    commit: async () => {
      if (stream === process.stdout) return
      stream.end()
      await finished(stream)
    },
    discard: () => Promise.resolve(),
  }
}
