import { createWriteStream, type WriteStream } from 'node:fs'
import { access, constants, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { nanoid } from 'nanoid'

/** Where results are written: `commit` makes them visible, `discard` takes back what is there of them. */
export type ResultOutput = {
  /** Rejects when the line cannot be written. */
  readonly write: (line: string) => Promise<void>
  readonly commit: () => Promise<void>
  readonly discard: () => Promise<void>
}

/**
 * Opens the file before anything is sent. It is written aside under another name and renamed when it is whole; what is no file
 * (a pipe, a terminal) is written as it is. The same `tag` gives the same other name, so that a run that is finished later takes up what
 * its first process left. Rejects with the system's error when it cannot be written.
 */
export async function openOutput(file: string | undefined, tag = nanoid(6)): Promise<ResultOutput> {
  if (file === undefined) return toStream(process.stdout)
  const info = await stat(file).catch(() => undefined)
  if (info?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
  if (info && !info.isFile()) return toStream(createWriteStream(file))
  if (info) await access(file, constants.W_OK)
  const aside = path.join(path.dirname(file), `.${path.basename(file)}.${tag}.part`)
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
