import { heightOf, widthOf } from '../preprocess/boxes.ts'
import type { Component } from '../preprocess/components.ts'
import type { Box } from '../preprocess/pixels.ts'
import { enlarge } from './enlarge.ts'
import type { InkLine } from './find-lines.ts'
import { isInSquares, type LanguageCode } from './languages.ts'
import type { Frame } from './line-frame.ts'
import { cutOut, type PageInk } from './page-ink.ts'
import type { TextReader } from './text-reader.ts'

const margin = 12
/** Height of a small letter that the text reader reads best, in pixels; signs in squares are twice as high. */
const bestGlyphHeight = 18

/** A word with its ends in page pixels. */
export type PlacedWord = {
  readonly text: string
  readonly confidence: number
  readonly left: number
  readonly right: number
}

/** A line of a page, and where its letters stand. */
export type FramedLine = { readonly line: InkLine; readonly frame: Frame; readonly page: PageInk }

/** The rows of a line that words keep to. */
export function findBand({ box }: InkLine, { baseline, glyphHeight }: Frame, language: LanguageCode): Box {
  if (isInSquares(language)) return box
  // Two accents may stand on a capital.
  const rise = language === 'vie' ? 2.5 : 2
  return {
    left: box.left,
    right: box.right,
    top: Math.round(baseline - rise * glyphHeight),
    bottom: Math.round(baseline + 0.85 * glyphHeight),
  }
}

/** Neither beyond the rows of words nor a bar. */
export function isRegular({ box }: Component, band: Box, { glyphHeight }: Frame): boolean {
  return (
    box.top >= band.top &&
    box.bottom <= band.bottom &&
    !(widthOf(box) > 2.2 * glyphHeight && heightOf(box) < 0.4 * glyphHeight)
  )
}

/** The words of a line as the text reader sees them in one language. */
export async function seeWords(
  { line, frame, page }: FramedLine,
  textReader: TextReader,
  language: LanguageCode,
): Promise<PlacedWord[]> {
  const band = findBand(line, frame, language)
  const regular = line.pieces.filter((piece) => isRegular(piece, band, frame))
  const own = isInSquares(language) ? heightOf(band) / 2 : frame.glyphHeight
  const factor = Math.max(1, Math.min(4, Math.round(bestGlyphHeight / own)))
  const words = await textReader.readLine(enlarge(cutOut(page.ink, regular, band, margin), factor), language)
  return words.map(({ text, confidence, box }) => ({
    text,
    confidence,
    left: box.left / factor - margin + band.left,
    right: box.right / factor - margin + band.left,
  }))
}
