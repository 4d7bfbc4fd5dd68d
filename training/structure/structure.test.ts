import { beforeAll, expect, it } from 'vitest'
import { writeTree } from '../../engine/recognise/structure/write-tree.ts'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { createGlyphNames, type NameGlyph } from '../generate/signs/name-glyphs.ts'
import { createTypesetter, type Typesetter } from '../generate/typeset.ts'
import { readStructure } from './read-structure.ts'

let typeset: Typesetter
let nameGlyph: NameGlyph
beforeAll(async () => {
  typeset = await createTypesetter('newcm')
  nameGlyph = createGlyphNames(typeset)
})

it.each([
  ['x^{2}+y_{i}^{2}=9'],
  ['\\frac{-b\\pm\\sqrt{b^{2}-4ac}}{2a}'],
  ['\\sum_{n=1}^{\\infty}\\frac{1}{n^{s}}'],
  ['\\int_{0}^{1}xe^{2x-1}dx'],
  ['\\lim_{n\\rightarrow\\infty}a_{n}'],
  ['\\left(\\begin{array}{cc}1&2\\\\3&4\\end{array}\\right)'],
  ['f(x)=\\left\\{\\begin{array}{ll}x&x<0\\\\2x&x\\geq 0\\end{array}\\right.'],
  ['\\mathbf{v}\\cdot\\mathcal{L}\\in\\mathbb{R}'],
  ['\\overline{AB}\\perp\\vec{c}'],
])('%s comes back from its tree of signs', (latex) => {
  const svg = typeset(latex)
  const signs = svg === undefined ? undefined : readStructure(svg, nameGlyph, latex)
  expect(signs && writeTree(signs).join(' ')).toBe(normaliseLatex(latex).join(' '))
})
