import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import { JournalLine, readPartly } from './journal-line.ts'

/**
 * The text of a journal. Each line is JSON with its number first and the CRC-32 of the rest last, so that a line that is cut,
 * overwritten, missing, doubled or out of its place is noticed. Lines of before there were numbers have neither.
 */

export type ReadText = {
  /** In the order in which they were written, each once. */
  readonly lines: readonly JournalLine[]
  /** True when something in the text is not as it was written. */
  readonly isDamaged: boolean
}

type NumberedLine = { readonly line: JournalLine; readonly number: number | undefined }

/** `,"crc":"0123abcd"}` */
const CRC = /,"crc":"([0-9a-f]{8})"\}$/
const NUMBER = /^\{"n":(\d{1,15})[,}]/
const LINE_FEED = 0x0a

export function toText(line: JournalLine, number: number): string {
  const text = JSON.stringify({ n: number, ...line })
  return `${text.slice(0, -1)},"crc":"${crcOf(text)}"}\n`
}

/** What the next line of a journal needs to know of those before it. */
export function describeEnd(bytes: Buffer): { readonly lastNumber: number; readonly isWhole: boolean } {
  let lines = 0
  let lastNumber = 0
  for (const raw of splitLines(bytes)) {
    lines += 1
    const number = NUMBER.exec(raw.subarray(0, 24).toString('latin1'))?.[1]
    lastNumber = Math.max(lastNumber, number === undefined ? lines : Number(number))
  }
  return { lastNumber, isWhole: bytes.length === 0 || bytes.at(-1) === LINE_FEED }
}

export function readText(bytes: Buffer): ReadText {
  const found: NumberedLine[] = []
  let isDamaged = !describeEnd(bytes).isWhole
  for (const raw of splitLines(bytes)) {
    const { line, number, isWhole } = readLine(raw)
    isDamaged ||= !isWhole
    if (line) found.push({ line, number })
  }
  const ordered = inOrder(found)
  return { lines: ordered.lines, isDamaged: isDamaged || ordered.isDamaged }
}

/** Lines without a number come first and stay as they stand. */
function inOrder(found: readonly NumberedLine[]): ReadText {
  const lines = found.filter(({ number }) => number === undefined).map(({ line }) => line)
  let next = lines.length + 1
  let isDamaged = false
  const numbered = found.flatMap(({ line, number }) => (number === undefined ? [] : [{ line, number }]))
  isDamaged = numbered.some(({ number }, index) => number !== next + index)
  numbered.sort((one, other) => one.number - other.number)
  let last = 0
  for (const { line, number } of numbered) {
    if (number === last) continue
    last = number
    next += 1
    lines.push(line)
  }
  return { lines, isDamaged }
}

function readLine(raw: Buffer): { line?: JournalLine; number?: number; isWhole: boolean } {
  const text = raw.toString('utf8')
  const value = parseJson(text)
  if (value === undefined) return { isWhole: false }
  const { n, crc, ...members } = value
  const number = typeof n === 'number' && Number.isSafeInteger(n) ? n : undefined
  const parsed = JournalLine.safeParse(members)
  // A member that the schema does not know may come from a newer version: then too the file is kept as it is.
  const isKnown = parsed.success && isDeepStrictEqual(parsed.data, members)
  const isUnnumbered = n === undefined && crc === undefined
  const isWhole = isKnown && (isUnnumbered ? isUtf8(raw, text) : number !== undefined && hasRightCrc(text))
  const line = parsed.success ? parsed.data : readPartly(members)
  return { isWhole, ...(line ? { line } : {}), ...(number === undefined ? {} : { number }) }
}

function hasRightCrc(text: string): boolean {
  const match = CRC.exec(text)
  return match?.[1] === crcOf(`${text.slice(0, match?.index)}}`)
}

function crcOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

function isUtf8(raw: Buffer, text: string): boolean {
  return Buffer.from(text).equals(raw)
}

function* splitLines(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start)
    const stop = end < 0 ? bytes.length : end
    if (stop > start) yield bytes.subarray(start, stop)
    start = stop + 1
  }
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
