import type { DrawnToken, ReadLine, ReadSegment } from '../reading.ts'

/** Lines of words and formulas as one formula: words in `\text`, lines as the rows of an array. */
export function joinLines(lines: readonly ReadLine[]): {
  tokens: readonly string[]
  drawn: readonly DrawnToken[]
} {
  const drawn = lines.flatMap(({ segments }) => segments.flatMap(listDrawn))
  const [first = [], ...others] = lines.map(({ segments }) => segments.flatMap(spell))
  if (others.length === 0) return { tokens: first, drawn }
  const rows = others.flatMap((row) => ['\\\\', ...row])
  return { tokens: ['\\begin{array}', '{', 'l', '}', ...first, ...rows, '\\end{array}'], drawn }
}

function listDrawn(segment: ReadSegment): readonly DrawnToken[] {
  if (segment.kind === 'math') return segment.drawn
  return segment.words.map(({ text, confidence, box }) => ({ token: text, confidence, box }))
}

const escapes = new Set(Array.from('%&#_$'))

function spell(segment: ReadSegment): readonly string[] {
  if (segment.kind === 'math') return segment.tokens
  const letters = Array.from(segment.text).map((letter) =>
    escapes.has(letter) ? `\\${letter}` : /[{}\\^~]/.test(letter) ? ' ' : letter,
  )
  return ['\\text', '{', ...letters, '}']
}
