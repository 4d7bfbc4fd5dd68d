import { describe, expect, it } from 'vitest'
import { Rng } from '../rng.ts'
import { groupBySource, labelReal, openRealFormulas } from './real-formulas.ts'

const lines = [
  'mpmath\t3\tz = 1',
  'siyavula\t9\ta \\longrightarrow b',
  'siyavula\t2\t\\ket { x }',
  'siyavula\t1\t\\frac { 1 } { 2 } + \\frac { 3 } { 4 } + \\frac { 5 } { 6 }',
  '',
].join('\n')

describe('formulas that people wrote', () => {
  it('are grouped by source', () => {
    expect([...groupBySource(lines)].map(([name, list]) => [name, list.length])).toEqual([
      ['mpmath', 1],
      ['siyavula', 3],
    ])
  })

  it('have the spellings of the vocabulary, or no label', () => {
    expect(labelReal('a \\longrightarrow b \\lhd c')?.join(' ')).toBe('a \\rightarrow b \\triangleleft c')
    expect(labelReal('\\xrightarrow { f } X')?.join(' ')).toBe('\\xrightarrow { f } X')
    expect(labelReal('\\ket { x }')).toBeUndefined()
  })

  it('are drawn without those that are reserved, too long, or beyond the vocabulary', () => {
    const draw = openRealFormulas(groupBySource(lines))
    const rng = new Rng(5)
    const drawn = new Set(Array.from({ length: 60 }, () => draw(rng, 20).label.join(' ')))
    expect([...drawn]).toEqual(['a \\rightarrow b'])
    expect(draw(rng, 60).category).toBe('real')
  })
})
