import { findDrawn } from '../../shared/latex/drawn-tokens.ts'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import type { Read } from '../../engine/reading.ts'

/** A reading as recognition would hand it over, for tests of everything behind recognition. */
export function createFixtureReading(latex: string, changes: Partial<Omit<Read, 'kind'>> = {}): Read {
  const tokens = normaliseLatex(latex)
  const position = { top_left_x: 4, top_left_y: 5, width: 80, height: 20 }
  return {
    kind: 'read',
    tokens,
    drawn: findDrawn(tokens).map((at) => ({ token: tokens[at] ?? '', confidence: 0.99, box: position })),
    confidence: 0.9,
    confidenceRate: 0.99,
    position,
    isInverted: false,
    isPrinted: 0.98,
    imageWidth: 100,
    imageHeight: 40,
    candidates: [{ tokens, confidence: 0.9 }],
    rotation: { degrees: 0, confidence: 0.001 },
    ...changes,
  }
}

/** A formula on a page whose other words are in a language of their own. */
export function createForeignReading(latex: string, areWordsLeftOut: boolean): Read {
  const reading = createFixtureReading(latex)
  const { tokens, drawn, confidence, confidenceRate, position: box } = reading
  const math = { kind: 'math', tokens, drawn, confidence, confidenceRate, box } as const
  return { ...reading, lines: [{ segments: [math], isDisplay: true, box, hasUnreadWords: areWordsLeftOut }] }
}
