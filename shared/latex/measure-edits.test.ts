import { describe, expect, it } from 'vitest'
import { measureEdits } from './measure-edits.ts'

describe('measureEdits', () => {
  it('counts insertions, deletions and replacements', () => {
    expect(measureEdits(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toBe(2)
    expect(measureEdits([], ['a'])).toBe(1)
    expect(measureEdits(['a'], ['a'])).toBe(0)
  })
})
