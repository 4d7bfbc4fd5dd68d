import { describe, expect, it } from 'vitest'
import { hasDelimitedMath, splitMath } from './split-math.ts'

const kinds = (text: string, custom = {}) =>
  splitMath(text, custom).map(({ kind, value }) => [kind, value] as const)

describe('splitMath', () => {
  it.each([
    ['plain words', [['prose', 'plain words']]],
    ['\\( x^2 \\)', [['inline', 'x^2']]],
    [
      'Let \\( a \\) be.',
      [
        ['prose', 'Let '],
        ['inline', 'a'],
        ['prose', ' be.'],
      ],
    ],
    [
      '\\[ y \\]\nnext',
      [
        ['display', 'y'],
        ['prose', '\nnext'],
      ],
    ],
    [
      '$$z$$ and $w$',
      [
        ['display', 'z'],
        ['prose', ' and '],
        ['inline', 'w'],
      ],
    ],
    ['costs \\$5 and \\$6', [['prose', 'costs \\$5 and \\$6']]],
    ['$a\\$b$', [['inline', 'a\\$b']]],
    ['\\( never closed', [['prose', '\\( never closed']]],
    ['a \\\\( b', [['prose', 'a \\\\( b']]],
  ])('splits %j', (text, expected) => {
    expect(kinds(text)).toEqual(expected)
  })

  it('loses nothing: the sources put together are the text', () => {
    const text = 'Let $a$ and \\[b\\] be $$c$$, at \\$3 \\(d'
    expect(
      splitMath(text)
        .map(({ source }) => source)
        .join(''),
    ).toBe(text)
  })

  it('knows delimiters that the request asked for', () => {
    expect(kinds('see <m>x</m>.', { inline: ['<m>', '</m>'] })).toEqual([
      ['prose', 'see '],
      ['inline', 'x'],
      ['prose', '.'],
    ])
  })
})

describe('hasDelimitedMath', () => {
  it.each([
    ['x^2', false],
    ['\\frac{1}{2}', false],
    ['\\left\\{a\\right\\}', false],
    ['\\\\[2pt] x', false],
    ['so \\(x\\)', true],
  ])('%j → %s', (text, expected) => {
    expect(hasDelimitedMath(text)).toBe(expected)
  })
})
