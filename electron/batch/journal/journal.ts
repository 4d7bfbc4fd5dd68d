import { constants } from 'node:fs'
import { copyFile, link, rename, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder, writeWholeFile } from '../../../node/write-whole-file.ts'
import { openForAppend, readRegular } from '../../../node/regular-file.ts'
import type { JournalLine } from './journal-line.ts'
import { describeEnd, readText, toText } from './journal-text.ts'

const FILE = 'journal.jsonl'

export type ReadJournal = {
  readonly lines: readonly JournalLine[]
  /** True when something could not be read. */
  readonly isDamaged: boolean
  /** Name of the copy of the damaged file; absent when none could be made and the file stays as it is. */
  readonly keptAs?: string
}

/**
 * Reads a batch's journal. A line cut off by a crash or overwritten by garbage is not silently dropped: the
 * file as found is kept as `journal.jsonl.damaged-…`, and what can be read goes on in a new one, which takes
 * its place in one step. On a disk that cannot be written the file stays; what was read of it counts all the
 * same.
 */
export async function readJournal(dir: string, now: () => Date): Promise<ReadJournal> {
  const file = path.join(dir, FILE)
  const { lines, isDamaged } = readText(await readRegular(file))
  if (!isDamaged) return { lines, isDamaged: false }
  // Without a head it is no batch: the folder is set aside as it is.
  if (lines.every(({ head, base }) => head === undefined && base === undefined))
    return { lines, isDamaged: true }
  try {
    const kept = await keepCopy(file, now)
    await writeJournal(dir, lines)
    return { lines, isDamaged: true, keptAs: path.basename(kept) }
  } catch {
    return { lines, isDamaged: true }
  }
}

/** Replaces the whole journal in one atomic step. */
export async function writeJournal(dir: string, lines: readonly JournalLine[]): Promise<void> {
  const text = lines.map((line, index) => toText(line, index + 1)).join('')
  await writeWholeFile(path.join(dir, FILE), text)
}

/** Renames a folder out of the way, keeping it for a person to look at; answers the new path. */
export async function setAside(folder: string, now: () => Date): Promise<string> {
  return underFreeName(folder, now, (aside) => rename(folder, aside))
}

/** A second name for the file as it is; the name itself may get new content afterwards. */
async function keepCopy(file: string, now: () => Date): Promise<string> {
  const kept = await underFreeName(file, now, (aside) =>
    link(file, aside).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error
      // Not every file system knows second names.
      return copyFile(file, aside, constants.COPYFILE_EXCL)
    }),
  )
  await syncFolder(path.dirname(file))
  return kept
}

async function underFreeName(
  target: string,
  now: () => Date,
  take: (aside: string) => Promise<void>,
): Promise<string> {
  const base = `${target}.damaged-${now().toISOString().replace(/[:.]/g, '-')}`
  for (let count = 1; ; count += 1) {
    const aside = count === 1 ? base : `${base}-${count}`
    try {
      await take(aside)
      return aside
    } catch (error) {
      if (!TAKEN.has(codeOf(error)) || count > 99) throw error
    }
  }
}

const TAKEN: ReadonlySet<string> = new Set(['EEXIST', 'ENOTEMPTY'])

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? ''

/** Appends lines; each append is on disk when it resolves. One writer: calls must not overlap. */
export class JournalWriter {
  readonly #dir: string
  #file: FileHandle | undefined
  #size = 0
  #number = 0
  /** Half a line stands at the end, which could not be taken away: the next line starts a line of its own. */
  #isCut = false

  constructor(dir: string) {
    this.#dir = dir
  }

  /**
   * After a failed append the file is cut back to its last whole line, so that the next one does not follow
   * half a line.
   */
  async append(line: JournalLine): Promise<void> {
    const file = (this.#file ??= await this.#open())
    const data = Buffer.from(`${this.#isCut ? '\n' : ''}${toText(line, this.#number + 1)}`)
    try {
      await writeFully(file, data)
      await file.datasync()
      this.#size += data.length
      this.#number += 1
      this.#isCut = false
    } catch (error) {
      await file.truncate(this.#size).catch(() => undefined)
      await this.close()
      throw error
    }
  }

  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close().catch(() => undefined)
  }

  async #open(): Promise<FileHandle> {
    const file = path.join(this.#dir, FILE)
    const bytes = await readRegular(file)
    const end = describeEnd(bytes)
    this.#size = bytes.length
    this.#number = end.lastNumber
    this.#isCut = !end.isWhole
    return openForAppend(file)
  }
}

async function writeFully(file: FileHandle, data: Buffer): Promise<void> {
  let done = 0
  while (done < data.length) {
    const { bytesWritten } = await file.write(data, done)
    done += bytesWritten
  }
}
