import { open, readFile, rename, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { writeAtomically } from '../write-atomically.ts'
import { JournalLine } from './journal-line.ts'

const FILE = 'journal.jsonl'

export type ReadJournal = {
  readonly lines: readonly JournalLine[]
  /**
   * True when something could not be read; the unreadable file was renamed and the readable lines written
   * anew.
   */
  readonly isDamaged: boolean
}

/**
 * Reads a batch's journal. A line cut off by a crash or overwritten by garbage is not silently dropped: the
 * file as found is set aside as `journal.jsonl.damaged-…`, and the lines that can be read go on in a new one.
 */
export async function readJournal(dir: string, now: () => Date): Promise<ReadJournal> {
  const file = path.join(dir, FILE)
  const text = await readFile(file, 'utf8')
  const isCut = text !== '' && !text.endsWith('\n')
  const lines: JournalLine[] = []
  let bad = 0
  for (const raw of text.split('\n')) {
    if (raw === '') continue
    const line = parseLine(raw)
    if (line) lines.push(line)
    else bad += 1
  }
  if (bad === 0 && !isCut) return { lines, isDamaged: false }
  await setAside(file, now)
  if (lines.length > 0) await writeJournal(dir, lines)
  return { lines, isDamaged: true }
}

/** Replaces the whole journal in one atomic step. */
export async function writeJournal(dir: string, lines: readonly JournalLine[]): Promise<void> {
  await writeAtomically(path.join(dir, FILE), lines.map(toText).join(''))
}

/** Renames a file or folder out of the way, keeping it for a person to look at; answers the new path. */
export async function setAside(target: string, now: () => Date): Promise<string> {
  const aside = `${target}.damaged-${now().toISOString().replace(/[:.]/g, '-')}`
  await rename(target, aside)
  return aside
}

/** Appends lines; each append is on disk when it resolves. One writer: calls must not overlap. */
export class JournalWriter {
  readonly #dir: string
  #file: FileHandle | undefined
  #size = 0

  constructor(dir: string) {
    this.#dir = dir
  }

  /**
   * After a failed append the file is cut back to its last whole line, so that the next one does not follow
   * half a line.
   */
  async append(line: JournalLine): Promise<void> {
    if (!this.#file) {
      this.#file = await open(path.join(this.#dir, FILE), 'a')
      this.#size = (await this.#file.stat()).size
    }
    const data = Buffer.from(toText(line))
    try {
      await writeFully(this.#file, data)
      await this.#file.datasync()
      this.#size += data.length
    } catch (error) {
      await this.#file.truncate(this.#size).catch(() => undefined)
      await this.close()
      throw error
    }
  }

  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close().catch(() => undefined)
  }
}

async function writeFully(file: FileHandle, data: Buffer): Promise<void> {
  let done = 0
  while (done < data.length) {
    const { bytesWritten } = await file.write(data, done)
    done += bytesWritten
  }
}

function toText(line: JournalLine): string {
  return `${JSON.stringify(line)}\n`
}

function parseLine(raw: string): JournalLine | undefined {
  try {
    const parsed = JournalLine.safeParse(JSON.parse(raw))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
