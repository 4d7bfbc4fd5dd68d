import type { Region } from '../../shared/option-values.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import type { Box } from '../preprocess/pixels.ts'
import { turnBoxBack, type Turn } from '../preprocess/turn.ts'
import type { ReadLine, ReadSegment } from '../reading.ts'
import type { Model } from '../recognise/model.ts'
import { joinBoxes } from '../preprocess/boxes.ts'
import { combine } from './combine.ts'
import { findLines, type InkLine } from './find-lines.ts'
import { preparePage, type PageInk } from './page-ink.ts'
import { findFrame } from './line-frame.ts'
import { chooseLanguage, type ChosenLanguage } from './choose-language.ts'
import { allowLanguages } from './languages.ts'
import { readLine, type LineSegment, type PageLine } from './read-line.ts'
import { seeWords } from './see-words.ts'
import type { TextReader } from './text-reader.ts'

/** The two that read: a model for formulas, and a reader of words that starts only when there seem to be some. */
export type Readers = { readonly model: Model; readonly textReader: TextReader }

export type PageReading = {
  readonly lines: readonly ReadLine[]
  readonly confidence: number
  readonly confidenceRate: number
  readonly box: Region
  /** The middle judgement of the formulas; words that the text reader makes out are print. */
  readonly isPrinted: number
}

/** Words needed before an image counts as one with prose in it. */
const leastWords = 2

export type PageOptions = {
  readonly turn: Turn
  /** By code; words in an alphabet with `false` are left unread, formulas are read all the same. */
  readonly alphabets_allowed?: Readonly<Record<string, boolean>>
}

/** Reads lines of words with formulas in and between them; `undefined` when there are no words to speak of. */
export async function readPage(
  pixels: Pixels,
  region: Box,
  { model, textReader }: Readers,
  { turn, alphabets_allowed = {} }: PageOptions,
): Promise<PageReading | undefined> {
  const page = preparePage(pixels, region, turn)
  if (!page) return undefined
  const found = findLines(page.pieces, page.glyphHeight)
  const chosen = await chooseLanguage(
    found,
    page,
    textReader,
    allowLanguages(textReader.languages, alphabets_allowed),
  )
  const lines: PageLine[] = []
  let hasUnreadWords = false
  for (const line of found) {
    const words = await seeLine(line, page, textReader, chosen)
    const read = await readLine(line, page, model, { language: chosen.language, words })
    if (read.hasUnreadWords === true) hasUnreadWords = true
    if (read.segments.length > 0) lines.push(read)
  }
  const wordCount = lines.reduce((sum, line) => sum + line.wordCount, 0)
  if (lines.length === 0 || (wordCount < leastWords && !hasUnreadWords)) return undefined
  const segments = lines.flatMap((line) => line.segments)
  return {
    lines: lines.map((line) => ({
      segments: line.segments.map((segment) => placeSegment(segment, page)),
      isDisplay: line.isDisplay,
      box: place(line.box, page),
      ...(hasUnreadWords ? { hasUnreadWords } : {}),
    })),
    box: place(joinBoxes(lines.map(({ box }) => box)), page),
    ...combine(segments),
    isPrinted: judgeHand(segments),
  }
}

async function seeLine(
  line: InkLine,
  page: PageInk,
  textReader: TextReader,
  { language = 'eng', seen }: ChosenLanguage,
) {
  const frame = findFrame(line, page.glyphHeight)
  return frame ? (seen.get(line) ?? (await seeWords({ line, frame, page }, textReader, language))) : []
}

function judgeHand(segments: readonly LineSegment[]): number {
  const judged = segments.flatMap((segment) => (segment.kind === 'math' ? [segment.isPrinted] : []))
  return judged.sort((one, other) => one - other)[Math.floor(judged.length / 2)] ?? 1
}

/** Marks follow what they end without a blank. */
function joinWords(words: readonly { readonly text: string }[]): string {
  return words
    .reduce((text, word) => (/^[.,;:!?]+$/.test(word.text) ? text + word.text : `${text} ${word.text}`), '')
    .trim()
}

function placeSegment(segment: LineSegment, page: PageInk): ReadSegment {
  const { confidence, confidenceRate } = segment
  const common = { confidence, confidenceRate, box: place(segment.box, page) }
  const words =
    segment.kind === 'prose' ? segment.words.map((word) => ({ ...word, box: place(word.box, page) })) : []
  return segment.kind === 'prose'
    ? { kind: 'prose', text: joinWords(words), words, ...common }
    : {
        kind: 'math',
        tokens: segment.tokens,
        drawn: segment.drawn.map(({ at, confidence, box }) => ({
          token: segment.tokens[at] ?? '',
          confidence,
          ...(box ? { box: place(box, page) } : {}),
        })),
        ...common,
      }
}

function place(box: Box, { factor, region, turn }: PageInk): Region {
  const scaled = {
    left: box.left * factor,
    top: box.top * factor,
    right: box.right * factor,
    bottom: box.bottom * factor,
  }
  const size = { width: region.right - region.left, height: region.bottom - region.top }
  const back = turnBoxBack(scaled, turn, size)
  const left = region.left + Math.max(0, back.left)
  const top = region.top + Math.max(0, back.top)
  return {
    top_left_x: left,
    top_left_y: top,
    width: Math.min(region.right, region.left + back.right) - left,
    height: Math.min(region.bottom, region.top + back.bottom) - top,
  }
}
