import { expect, it } from 'vitest'
import { alignTokens } from './align-tokens.ts'

const align = (one: string, other: string) => alignTokens(Array.from(one), Array.from(other))

it('pairs as many as there can be, in the order of both', () => {
  expect(align('abc', 'abc')).toEqual([0, 1, 2])
  expect(align('abc', 'xbz')).toEqual([-1, 1, -1])
  expect(align('abcabba', 'cbabac').filter((at) => at >= 0)).toHaveLength(4)
  expect(align('', 'a')).toEqual([])
})

it('leaves what is before and behind a change where it is', () => {
  expect(align('x+x+x', 'x+y+x+x')).toEqual([0, 1, 4, 5, 6])
  expect(align('x+x+x', 'x+x')).toEqual([0, 1, 2, -1, -1])
})
