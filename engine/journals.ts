import { openForAppend } from '../node/regular-file.ts'

/** How much goes into one write; characters. */
const MAX_WRITE = 4 * 1024 * 1024

type WaitingLines = {
  readonly lines: string[]
  readonly settle: ((error?: unknown) => void)[]
}

/**
 * Appends lines to files, whole and in order. What comes while a file is being written to waits and is then written in one go, so that
 * thousands of results do not open it thousands of times.
 */
export class Journals {
  readonly #waiting = new Map<string, WaitingLines>()
  /** Files that may end in half a line, because a write failed: the next line must not continue it. */
  readonly #torn = new Set<string>()

  /** Resolves once the line is in the file. */
  append(path: string, line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const known = this.#waiting.get(path)
      const waiting = known ?? { lines: [], settle: [] }
      waiting.lines.push(`${line}\n`)
      waiting.settle.push((error) => {
        if (error === undefined) resolve()
        else reject(error instanceof Error ? error : new Error('not written'))
      })
      if (known) return
      this.#waiting.set(path, waiting)
      void this.#write(path, waiting)
    })
  }

  async #write(path: string, { lines, settle }: WaitingLines): Promise<void> {
    while (lines.length > 0) {
      const count = countTogether(lines)
      const settled = settle.splice(0, count)
      const text = (this.#torn.has(path) ? '\n' : '') + lines.splice(0, count).join('')
      const error = await append(path, text).catch((reason: unknown) => reason)
      if (error === undefined) this.#torn.delete(path)
      else this.#torn.add(path)
      for (const end of settled) end(error)
    }
    this.#waiting.delete(path)
  }
}

async function append(path: string, text: string): Promise<void> {
  const handle = await openForAppend(path, 0o600)
  try {
    await handle.appendFile(text)
  } finally {
    await handle.close()
  }
}

/** At least one, however long. */
function countTogether(lines: readonly string[]): number {
  let length = 0
  const over = lines.findIndex((line) => (length += line.length) > MAX_WRITE)
  return over < 0 ? lines.length : Math.max(1, over)
}
