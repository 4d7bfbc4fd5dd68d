import { beforeAll, describe, expect, it } from 'vitest'
import { createTypesetter, type Typesetter } from '../typeset.ts'
import { findSigns } from './find-signs.ts'
import { createGlyphNames, type NameGlyph } from './name-glyphs.ts'
import type { DrawnSign } from './sign-collector.ts'

let typeset: Typesetter
let names: NameGlyph
beforeAll(async () => {
  typeset = await createTypesetter('tex')
  names = createGlyphNames(typeset)
})

function find(latex: string): readonly DrawnSign[] {
  const { signs, unknown } = findSigns(typeset(latex) ?? '', names)
  expect(unknown).toEqual([])
  return signs
}
const tokens = (latex: string) =>
  find(latex)
    .map(({ token }) => token)
    .sort()
    .join(' ')

const tall = String.raw`\begin{array}{c}a\\b\\c\\d\\e\end{array}`

describe('findSigns', () => {
  it('names what a person would count, each once', () => {
    expect(tokens(String.raw`\frac{x^2}{\sqrt{y}}`)).toBe(String.raw`2 \frac \sqrt x y`)
    expect(tokens("f'''(x)")).toBe(String.raw`( ) \prime \prime \prime f x`)
    expect(tokens(String.raw`\sin a \not\in \text{if }b`)).toBe(String.raw`\notin a b f i i n s`)
  })

  it('tells a brace from a mark of structure', () => {
    expect(tokens(String.raw`\{a\}\%\&`)).toBe(String.raw`\% \& \{ \} a`)
  })

  it('makes one sign of brackets that are built of pieces', () => {
    expect(tokens(String.raw`\left(${tall}\right]`)).toBe('( ] a b c d e')
    expect(tokens(String.raw`\left\{${tall}\right.\left\lfloor${tall}\right\rceil`)).toBe(
      String.raw`\lfloor \rceil \{ a a b b c c d d e e`,
    )
    const [bracket] = find(String.raw`\left(${tall}\right)`)
    expect(bracket && bracket.box[3] - bracket.box[1]).toBeGreaterThan(5000)
    // The ink, and not the place that is kept for it.
    expect(bracket && bracket.box[2] - bracket.box[0]).toBeLessThan(700)
  })

  it('makes one sign of what stretches over or under something', () => {
    expect(tokens(String.raw`\overbrace{abcdef}`)).toBe(String.raw`\overbrace a b c d e f`)
    expect(tokens(String.raw`\underbrace{abcdef}`)).toBe(String.raw`\underbrace a b c d e f`)
    expect(tokens(String.raw`\overline{abc}\underline{abc}`)).toBe(
      String.raw`\overline \underline a a b b c c`,
    )
    expect(tokens(String.raw`\xrightarrow{abcdefgh}`)).toBe(String.raw`\rightarrow a b c d e f g h`)
    expect(tokens(String.raw`\overleftrightarrow{abc}`)).toBe(String.raw`\leftrightarrow a b c`)
    expect(tokens(String.raw`\lim_{n}`)).toBe('i l m n')
  })

  it('gives rules, frames and strokes of their own', () => {
    expect(tokens(String.raw`\boxed{x}\cancel{y}`)).toBe(String.raw`\boxed \cancel x y`)
    expect(tokens(String.raw`\begin{array}{c|c}a&b\\\hline c&d\end{array}`)).toBe(
      String.raw`\hline a b c d |`,
    )
  })

  it('looks for a root at its surd and not at what stands within', () => {
    const [x, root] = find(String.raw`\sqrt{x}`)
    expect(root?.token).toBe(String.raw`\sqrt`)
    expect(root && x && root.anchor[0] < x.box[0]).toBe(true)
    expect(root && x && root.box[2] >= x.box[2]).toBe(true)
  })

  it('tells the alphabets apart', () => {
    const styles = find(String.raw`a\mathbf{a}\mathcal{A}\mathbb{A}\mathfrak{a}\mathsf{a}\mathtt{a}1`)
    expect(styles.map(({ style }) => style)).toEqual([
      'italic',
      'bold',
      'calligraphic',
      'blackboard',
      'fraktur',
      'sans',
      'typewriter',
      'upright',
    ])
  })

  it('says what the vocabulary has no token for', () => {
    expect(findSigns(typeset(String.raw`a\lozenge b`) ?? '', names).unknown).toEqual(['25CA'])
  })
})
