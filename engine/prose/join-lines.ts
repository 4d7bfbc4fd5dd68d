import type { ReadLine, ReadSegment } from '../reading.ts'

/** Lines of words and formulas as one formula: words in `\text`, lines as the rows of an array. */
export function joinLines(lines: readonly ReadLine[]): {
  tokens: readonly string[]
  tokenProbabilities: readonly number[]
} {
  const rows = lines.map(({ segments }) => segments.map((segment) => ({ segment, tokens: spell(segment) })))
  const [first] = rows
  const content = rows.map((row) =>
    row.flatMap(({ segment, tokens }) =>
      tokens.map((token) => ({ token, probability: segment.confidenceRate })),
    ),
  )
  const certain = (token: string) => ({ token, probability: 1 })
  const all =
    rows.length <= 1 || !first
      ? (content[0] ?? [])
      : [
          ...['\\begin{array}', '{', 'l', '}'].map(certain),
          ...content.flatMap((row, at) => (at === 0 ? row : [certain('\\\\'), ...row])),
          certain('\\end{array}'),
        ]
  return {
    tokens: all.map(({ token }) => token),
    tokenProbabilities: all.map(({ probability }) => probability),
  }
}

const escapes = new Set(Array.from('%&#_$'))

function spell(segment: ReadSegment): readonly string[] {
  if (segment.kind === 'math') return segment.tokens
  const letters = Array.from(segment.text).map((letter) =>
    escapes.has(letter) ? `\\${letter}` : /[{}\\^~]/.test(letter) ? ' ' : letter,
  )
  return ['\\text', '{', ...letters, '}']
}
