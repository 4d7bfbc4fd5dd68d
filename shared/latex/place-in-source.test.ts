import { describe, expect, it } from 'vitest'
import { placeInSource } from './place-in-source.ts'

/** What stands at the place of each token, `·` where it has none. */
const find = (source: string, ...read: readonly string[]) =>
  placeInSource(source, read).map((range) => (range ? source.slice(range.from, range.to) : '·'))

describe('the place of a token in a text', () => {
  it.each([
    ['\\frac{x^{2}}{\\left|2\\right|}', ['\\frac', 'x', '2', '|', '2', '|'], '\\frac x 2 \\left| 2 \\right|'],
    ['f ( x ) = 12', ['f', '(', 'x', ')', '=', '1', '2'], 'f ( x ) = 1 2'],
    ['\\begin{array}{ll}l & \\text{if } 2\\end{array}', ['l', 'i', 'f', '2'], 'l i f 2'],
    ['Let \\( x \\) be so.', ['Let', 'x', 'be', 'so.'], 'Let x be so.'],
  ])('%s', (source, read, found) => {
    expect(find(source, ...read).join(' ')).toBe(found)
  })

  it('counts equal ones', () => {
    expect(placeInSource('x + x', ['x', '+', 'x'])).toEqual([
      { from: 0, to: 1 },
      { from: 2, to: 3 },
      { from: 4, to: 5 },
    ])
  })

  it('is still found when something else was edited, and not when it was itself', () => {
    const read = ['a', '+', '5', '=', 'b']
    expect(find('a + 5 = b', ...read)).toEqual(read)
    expect(find('\\alpha a + 5 = b', ...read)).toEqual(read)
    expect(find('a + s = b', ...read)).toEqual(['a', '+', '·', '=', 'b'])
    expect(find('', ...read)).toEqual(['·', '·', '·', '·', '·'])
    expect(find('{}}\\', ...read)).toEqual(['·', '·', '·', '·', '·'])
    // A word in two is no longer that word.
    expect(find('th e end', 'the', 'end')).toEqual(['th e', 'end'])
    expect(find('thxe end', 'the', 'end')).toEqual(['·', 'end'])
  })
})
