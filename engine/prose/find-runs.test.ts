import { describe, expect, it } from 'vitest'
import { classifyWord } from './classify-word.ts'
import { findRuns, type Unit } from './find-runs.ts'

/** Words of a line read with confidence, one small letter apart; `^` marks a word with something raised in it. */
function split(line: string): string[] {
  let right = 0
  const units = line.split(' ').map((word): Unit => {
    const text = word.replace('^', '')
    const left = right + 6
    right = left + 10 * text.length
    return {
      kind: classifyWord(text, 0.95, word.includes('^')),
      text,
      confidence: 0.95,
      left,
      right,
      pieces: [],
    }
  })
  return findRuns(units, 10).map(
    (run) => `${run.kind === 'math' ? 'M' : 'P'}: ${run.units.map(({ text }) => text).join(' ')}`,
  )
}

describe('findRuns', () => {
  it.each([
    [
      'Find the derivative of x with respect to t.',
      ['P: Find the derivative of', 'M: x', 'P: with respect to', 'M: t.'],
    ],
    ['Suppose that 3 + x = 17 holds', ['P: Suppose that', 'M: 3 + x = 17', 'P: holds']],
    ['A rectangle has area 24 and perimeter 20.', ['P: A rectangle has area 24 and perimeter 20.']],
    ['values of a for which', ['P: values of', 'M: a', 'P: for which']],
    ['draw a line', ['P: draw a line']],
    ['where sin x > 0 is', ['P: where', 'M: sin x > 0', 'P: is']],
    ['the function x2^ grows', ['P: the function', 'M: x2', 'P: grows']],
    ['the pair (7, 1) is', ['P: the pair', 'M: (7, 1)', 'P: is']],
    ['the point (44,9) lies', ['P: the point', 'M: (44,9)', 'P: lies']],
    ['about (1,234) people', ['P: about (1,234) people']],
    ['of 1, 4, 9, ... and so on', ['P: of', 'M: 1, 4, 9, ...', 'P: and so on']],
    ['and so on ...', ['P: and so on ...']],
    ['where x cos t is', ['P: where', 'M: x cos t', 'P: is']],
    ['then f^ + isin x is', ['P: then', 'M: f + isin x', 'P: is']],
    ['so At = 3', ['P: so', 'M: At = 3']],
    ['product by / 3', ['P: product by', 'M: / 3']],
    ['1) Simplify', ['P: 1) Simplify']],
    ['well-known facts; see below', ['P: well-known facts; see below']],
  ])('%s', (line, expected) => {
    expect(split(line)).toEqual(expected)
  })
})
