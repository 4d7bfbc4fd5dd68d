import { describe, expect, it } from 'vitest'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { findWithoutCursor } from './text-cursor.ts'

function drop(latex: string): string {
  const tokens = normaliseLatex(latex)
  return tokens.slice(...findWithoutCursor(tokens)).join(' ')
}

describe('findWithoutCursor', () => {
  it('leaves out a lone bar at an end', () => {
    expect(drop('x+1|')).toBe('x + 1')
    expect(drop('|x+1')).toBe('x + 1')
  })

  it.each(['|x|', '|x|+1', 'F(x)|_{0}^{1}', 'P(A|B)', '|', '|x|+|y|', '|_a x'])(
    'keeps the bars of %s',
    (latex) => {
      expect(drop(latex)).toBe(normaliseLatex(latex).join(' '))
    },
  )
})
