import { createHash } from 'node:crypto'
import { mkdir, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { openForAppend, readRegularText } from '../../node/regular-file.ts'
import type { AppError } from '../../shared/errors.ts'
import type { DailySpending } from '../../shared/money.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { MATHPIX_EU, MATHPIX_GLOBAL } from '../../shared/settings.ts'
import { describeDiskError } from '../disk-errors.ts'
import { writeWholeFile } from '../../node/write-whole-file.ts'

/** One request that is billed: the images counted for it, and the local day they are counted on. Later lines replace earlier ones. */
const Entry = z.object({
  id: z.string(),
  account: z.string(),
  /** `YYYY-MM-DD`, local time. */
  day: z.string(),
  images: z.number().int().min(0),
})
type Entry = z.infer<typeof Entry>

export type Post = { readonly id: string; readonly images: number }

/** Lines after which the file is rewritten when it is opened. */
const COMPACT_LINES = 2000

/**
 * Counts what is sent to paid accounts, a line a request, synced to disk before the request leaves. A request counts once however
 * often it is tried; one that was certainly not accepted is given back, one whose reply was lost stays counted. Damaged lines are
 * passed over. The file names no account: only a digest of it.
 */
export class Spending {
  readonly #file: string
  readonly #now: () => number
  readonly #entries: Map<string, Entry>
  #handle: FileHandle | undefined
  /** One change at a time: two batches must not both take the last image of a day. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(file: string, now: () => number, entries: Map<string, Entry>) {
    this.#file = file
    this.#now = now
    this.#entries = entries
  }

  /** Opens or begins the file. Days before yesterday are forgotten. */
  static async open(file: string, now: () => number): Promise<Spending> {
    const text = await readRegularText(file).catch(() => '')
    const lines = text.split('\n').filter(Boolean)
    const entries = new Map<string, Entry>()
    for (const line of lines) {
      const entry = parse(line)
      if (entry) entries.set(entry.id, entry)
    }
    const oldest = dayOf(now() - 36 * 60 * 60 * 1000)
    for (const [id, { day, images }] of entries) if (day < oldest || images === 0) entries.delete(id)
    if (lines.length > COMPACT_LINES) {
      // Best effort: with the old file everything is still counted.
      await writeWholeFile(file, [...entries.values()].map(toLine).join('')).catch(() => undefined)
    }
    return new Spending(file, now, entries)
  }

  /** What is counted for an account today. */
  imagesToday(account: string): number {
    const today = dayOf(this.#now())
    let images = 0
    for (const entry of this.#entries.values())
      if (entry.account === account && entry.day === today) images += entry.images
    return images
  }

  today(account: string, allowed: number | undefined): DailySpending {
    return { images: this.imagesToday(account), ...(allowed === undefined ? {} : { allowed }) }
  }

  /**
   * Counts requests all or none, on disk when it resolves. A request that is counted today already is not counted again. Fails with
   * `daily_limit` when the day would exceed `allowed`, with `storage` when it cannot be written.
   */
  reserve(account: string, posts: readonly Post[], allowed: number | undefined): Promise<Result<void>> {
    return this.#inTurn(async () => {
      const day = dayOf(this.#now())
      const added = posts.filter(({ id }) => this.#entries.get(id)?.day !== day)
      if (added.length === 0) return ok(undefined)
      const wanted = added.reduce((sum, { images }) => sum + images, 0)
      const spent = this.imagesToday(account)
      if (allowed !== undefined && spent + wanted > allowed) {
        return fail(limitError(wanted, Math.max(0, allowed - spent)))
      }
      return this.#write(added.map((post) => ({ ...post, account, day })))
    })
  }

  /** Takes back a request that was certainly not accepted, or `images` of it. What cannot be written stays counted. */
  giveBack(id: string, images?: number): Promise<void> {
    return this.#inTurn(async () => {
      const entry = this.#entries.get(id)
      if (!entry || entry.images === 0) return
      const left = images === undefined ? 0 : Math.max(0, entry.images - images)
      await this.#write([{ ...entry, images: left }])
    })
  }

  async close(): Promise<void> {
    await this.#last
    await this.#handle?.close().catch(() => undefined)
    this.#handle = undefined
  }

  async #write(entries: readonly Entry[]): Promise<Result<void>> {
    try {
      if (!this.#handle) {
        await mkdir(path.dirname(this.#file), { recursive: true })
        this.#handle = await openForAppend(this.#file)
      }
      // Begins with a line end, so that half a line of an earlier failure spoils nothing.
      await this.#handle.appendFile(`\n${entries.map(toLine).join('')}`)
      await this.#handle.datasync()
    } catch (error) {
      return fail(describeDiskError(error, 'What is sent could not be counted, so nothing was sent.'))
    }
    for (const entry of entries) this.#entries.set(entry.id, entry)
    return ok(undefined)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

/**
 * One count for each account: the keys decide, and the server unless it is one of Mathpix's own, which share their accounts. A digest,
 * because the file is for counting only.
 */
export function accountOf(baseUrl: string, app_id: string): string {
  const isMathpix = baseUrl === MATHPIX_GLOBAL || baseUrl === MATHPIX_EU
  const server = isMathpix ? 'mathpix' : new URL(baseUrl).origin
  return createHash('sha256').update(`${server}\n${app_id}`).digest('hex').slice(0, 16)
}

/** Local calendar day. */
function dayOf(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** More was wanted than the day has left. */
export function limitError(wanted: number, left: number): AppError {
  return {
    kind: 'daily_limit',
    wanted,
    left,
    message: `The daily limit leaves ${left} images for today; ${wanted} were to be sent.`,
  }
}

const toLine = (entry: Entry) => `${JSON.stringify(entry)}\n`

function parse(line: string): Entry | undefined {
  try {
    return Entry.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
