import { beforeAll, describe, expect, it } from 'vitest'
import { Rng } from '../rng.ts'
import { createTypesetter, type Typesetter } from '../typeset.ts'
import { findSigns } from './find-signs.ts'
import { joinBrackets, loosenLayout } from './loosen-layout.ts'
import { createGlyphNames, type NameGlyph } from './name-glyphs.ts'

let typeset: Typesetter
let names: NameGlyph
beforeAll(async () => {
  typeset = await createTypesetter('newcm')
  names = createGlyphNames(typeset)
})

const tall = String.raw`\left(\begin{array}{c}a\\b\\c\\d\\e\end{array}\right\}`

describe('joinBrackets', () => {
  it('leaves one path of each built bracket, in the same place', () => {
    const svg = typeset(tall) ?? ''
    expect(svg).toContain('<svg width')
    const joined = joinBrackets(svg)
    expect(joined).not.toContain('<svg width')
    const boxes = (markup: string) =>
      findSigns(markup, names).signs.map(({ token, box }) => [
        token,
        ...box.map((side) => Math.round(side / 8)),
      ])
    expect(boxes(joined)).toEqual(boxes(svg))
  })

  it('leaves brackets of one glyph as they are', () => {
    const svg = typeset(String.raw`(a)\left[\frac{1}{2}\right]`) ?? ''
    expect(joinBrackets(svg)).toBe(svg)
  })
})

describe('loosenLayout', () => {
  const heights = (markup: string) => findSigns(markup, names).signs.map(({ box }) => Math.round(box[1]))

  it('moves parts with all that they hold', () => {
    const svg = typeset(String.raw`x+\frac{a}{b}`) ?? ''
    const before = findSigns(svg, names).signs
    const after = findSigns(loosenLayout(svg, 1, new Rng(7)), names).signs
    expect(after.map(({ token }) => token)).toEqual(before.map(({ token }) => token))
    expect(after.map(({ box }) => box[1])).not.toEqual(before.map(({ box }) => box[1]))
    // The bar moves with its fraction, and what stands over it stays over it.
    const find = (signs: typeof after, token: string) =>
      signs.find((sign) => sign.token === token)?.box ?? [0, 0, 0, 0]
    expect(find(after, 'a')[3]).toBeLessThan(find(after, 'b')[1])
  })

  it('does the same with the same numbers, and nothing where nothing is loose', () => {
    const svg = typeset('x^2_i+y') ?? ''
    expect(loosenLayout(svg, 1, new Rng(3))).toBe(loosenLayout(svg, 1, new Rng(3)))
    expect(heights(loosenLayout(svg, 0, new Rng(3)))).toEqual(heights(svg))
  })
})
