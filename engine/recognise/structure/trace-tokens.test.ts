import { describe, expect, it } from 'vitest'
import type { LinkedSign, Relation } from './sign-tree.ts'
import { traceSigns, traceTokens } from './trace-tokens.ts'
import { writeTree } from './write-tree.ts'

const sign = (
  token: string,
  parent: number,
  relation: Relation,
  spelling: LinkedSign['spelling'] = 'plain',
): LinkedSign => ({ token, parent, relation, spelling, box: [10 * parent, 0, 10 * parent + 8, 10] })

/** Each token with the place of its sign. */
function trace(signs: readonly LinkedSign[]): string {
  const tokens = writeTree(signs)
  const traced = traceTokens(tokens, signs)
  return tokens.map((token, at) => (traced[at] === -1 ? token : `${token}${String(traced[at])}`)).join(' ')
}

describe('traceTokens', () => {
  it('finds the sign of each token, equal ones by their order, and none for marks of structure', () => {
    const signs = [
      sign('x', -1, 'right'),
      sign('2', 0, 'superscript'),
      sign('+', 0, 'right'),
      sign('x', 2, 'right'),
    ]
    expect(trace(signs)).toBe('x0 ^ { 21 } +2 x3')
  })

  it('follows the order of writing, not that of the list', () => {
    const signs = [
      sign('b', 2, 'under'),
      sign('a', 2, 'over'),
      sign('\\frac', -1, 'right'),
      sign('a', 2, 'right'),
    ]
    expect(trace(signs)).toBe('\\frac2 { a1 } { b0 } a3')
  })

  it('takes the first letter for the sign of a function', () => {
    const signs = [
      sign('s', -1, 'right', 'operatorname'),
      sign('i', 0, 'letter', 'operatorname'),
      sign('n', 1, 'letter', 'operatorname'),
      sign('x', 2, 'right'),
    ]
    expect(trace(signs)).toBe('\\sin0 x3')
  })
})

describe('traceSigns', () => {
  const lim = (...limits: readonly LinkedSign[]) => [
    sign('l', -1, 'right', 'operatorname'),
    sign('i', 0, 'letter', 'operatorname'),
    sign('m', 1, 'letter', 'operatorname'),
    ...limits,
  ]

  it('finds all letters of a name, also of one with something below its first', () => {
    const signs = lim(sign('n', 0, 'under'), sign('x', 2, 'right'))
    const tokens = writeTree(signs)
    expect(tokens.join(' ')).toBe('\\lim _ { n } x')
    expect(traceSigns(tokens, signs).map((traced) => traced.signs)).toEqual([[0, 1, 2], [], [], [3], [], [4]])
  })

  it('takes what another reading sees between the same neighbours for the place of a token', () => {
    const signs = [
      sign('a', -1, 'right'),
      sign('+', 0, 'right'),
      sign('5', 1, 'right'),
      sign('c', 2, 'right'),
    ]
    expect(traceSigns(['a', '+', 's', 'c'], signs)[2]).toEqual({ signs: [2], isSame: false })
    expect(traceSigns(['a', '\\pm', '6', 'c'], signs).map((traced) => traced.signs)).toEqual([
      [0],
      [1],
      [2],
      [3],
    ])
    // One token for two signs has both, and what nobody else saw has none.
    expect(traceSigns(['a', 's', 'c'], signs)[1]).toEqual({ signs: [1, 2], isSame: false })
    expect(traceSigns(['a', '+', '5', '.', 'c'], signs)[3]).toEqual({ signs: [], isSame: false })
  })
})
