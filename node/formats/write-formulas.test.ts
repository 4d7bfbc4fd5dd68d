import { describe, expect, it } from 'vitest'
import { COPY_FORMAT_NAMES, type CopyFormat } from '../../shared/output-formats.ts'
import { writeFormulas } from './write-formulas.ts'

const write = async (format: CopyFormat, ...formulas: readonly string[]) =>
  (
    await writeFormulas(
      formulas.map((latex) => ({ latex })),
      format,
    )
  ).text

describe('one formula', () => {
  it.each<[CopyFormat, string, string]>([
    ['latex', ' x^2 ', 'x^2'],
    ['dollar', 'x^2', '$x^2$'],
    ['dollar', 'a\nb', '$a b$'],
    ['dollar', '5\\$', '$5\\$$'],
    ['inline', 'x^2', '\\(x^2\\)'],
    ['bracket', 'x^2', '\\[x^2\\]'],
    ['bracket', 'a \\\\\nb', '\\[\na \\\\\nb\n\\]'],
    ['double_dollar', 'x \\tag{1}', '$$x \\qquad \\text{(1)}$$'],
    ['equation', 'x^2', '\\begin{equation}\nx^2\n\\end{equation}'],
    ['align', 'f(a=b) \\leq x=1', '\\begin{align}\nf(a&=b) \\leq x=1\n\\end{align}'],
    ['align', '\\frac{a=b}{c} \\leq x', '\\begin{align}\n\\frac{a=b}{c} &\\leq x\n\\end{align}'],
    ['align', '\\begin{aligned}a&=b \\\\ &=c\\end{aligned}', '\\begin{align}\na&=b \\\\ &=c\n\\end{align}'],
    [
      'mathml',
      '\\mathbb{R}<x',
      '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi>ℝ</mi><mo>&lt;</mo><mi>x</mi></math>',
    ],
    ['typst', '\\frac{a}{b}', '$ frac(a, b) $'],
    ['asciimath', '\\frac{a+1}{b}', '(a + 1)/b'],
    ['unicode', 'x^{2}+\\frac{a+b}{c}=\\sqrt{\\alpha}', 'x² + (a + b)/c = √α'],
    ['unicode', '\\begin{aligned}a&=b \\\\ &=c\\end{aligned}', 'a = b\n= c'],
    ['markdown', 'x^2', '$$\nx^2\n$$'],
  ])('%s of %j', async (format, latex, expected) => {
    expect(await write(format, latex)).toBe(expected)
  })
})

describe('prose with formulas', () => {
  const prose = 'Let \\(x<1\\) & [a]:\n\n\\[ x=\\frac{1}{2} \\]\n\nQED'

  it.each<[CopyFormat, string]>([
    ['dollar', 'Let \\(x<1\\) & [a]:\n\n\\[ x=\\frac{1}{2} \\]\n\nQED'],
    ['typst', 'Let $x < 1$ & \\[a\\]:\n\n$ x = frac(1, 2) $\n\nQED'],
    ['asciimath', 'Let `x < 1` & [a]:\n\n`x = 1/2`\n\nQED'],
    ['unicode', 'Let x < 1 & [a]:\n\nx = 1/2\n\nQED'],
    ['markdown', 'Let $x<1$ & [a]:\n\n$$\nx=\\frac{1}{2}\n$$\n\nQED'],
  ])('%s', async (format, expected) => {
    expect(await write(format, prose)).toBe(expected)
  })

  it.each<CopyFormat>(['html', 'mathml'])('%s: paragraphs with MathML in them', async (format) => {
    const html = await write(format, prose)
    expect(html).toMatch(
      /^<p>Let <math xmlns="[^"]+"><mi>x<\/mi><mo>&lt;<\/mo><mn>1<\/mn><\/math> &amp; \[a\]:<\/p>/,
    )
    expect(html).toMatch(/<p>QED<\/p>$/)
  })

  it('gives delimiters of its own options back as those that TeX knows', async () => {
    const delimiters = { inline: ['<<', '>>'] } as const
    const { text } = await writeFormulas([{ latex: 'Let <<x>> be', delimiters }], 'latex')
    expect(text).toBe('Let \\(x\\) be')
  })
})

describe('several', () => {
  it('stand one after the other, the empty ones left out', async () => {
    expect(await write('dollar', 'b', '', 'a', '  ')).toBe('$b$\n$a$')
  })

  it('make one align', async () => {
    expect(await write('align', 'a=b', 'c')).toBe('\\begin{align}\na&=b \\\\\nc\n\\end{align}')
  })
})

it.each(COPY_FORMAT_NAMES)('%s keeps what it cannot read as it is', async (format) => {
  const { text, problems } = await writeFormulas([{ latex: 'x + \\unknown y' }], format)
  expect(text).toContain('unknown')
  expect(problems.every((problem) => problem.includes('\\unknown'))).toBe(true)
})
