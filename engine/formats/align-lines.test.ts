import { describe, expect, it } from 'vitest'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { splitLatex } from '../../shared/latex/tokens.ts'
import { alignLines } from './align-lines.ts'

const align = (rows: string) => alignLines(normaliseLatex(`\\begin{array}{l}${rows}\\end{array}`)).join(' ')
const aligned = (rows: string) => splitLatex(`\\begin{aligned}${rows}\\end{aligned}`).join(' ')

describe('lines of a derivation', () => {
  it.each([
    ['a=b+c \\\\ =d', 'a&=b+c \\\\ &=d'],
    ['3x-7 \\leq 2x+5 \\\\ x \\leq 12', '3x-7&\\leq 2x+5 \\\\ x&\\leq 12'],
    ['f(x=1)=2 \\\\ g_{y=2}=3', 'f(x=1)&=2 \\\\ g_{y=2}&=3'],
    ['\\Rightarrow x=3 \\\\ \\Rightarrow y=4', '\\Rightarrow x&=3 \\\\ \\Rightarrow y&=4'],
    ['x=a+b \\\\ +c \\\\ =d', 'x&=a+b \\\\ & +c \\\\ &=d'],
    ['A \\rightarrow B \\\\ C \\rightarrow D', 'A&\\rightarrow B \\\\ C&\\rightarrow D'],
  ])('%s is aligned at its relations', (rows, wanted) => {
    expect(align(rows)).toBe(aligned(wanted))
  })

  it.each([['x+y \\\\ a-b'], ['a=1 \\\\ b'], ['x_{a=1} \\\\ y_{b=2}'], ['a=1']])(
    '%s is none and stays',
    (rows) => {
      expect(align(rows)).toContain('\\begin{array}')
    },
  )

  it('reads as the same formula', () => {
    const source = '\\begin{array}{l}(x+3)^{2}=4 \\\\ x+3=\\pm 2\\end{array}'
    const tokens = normaliseLatex(source)
    expect(normaliseLatex(alignLines(tokens).join(' '))).toEqual(tokens)
  })
})
