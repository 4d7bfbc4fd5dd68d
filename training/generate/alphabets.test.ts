import { expect, it } from 'vitest'
import { findGlyphs } from './find-glyphs.ts'
import { loadOutlineFace } from './outlines.ts'
import { restyleSvg } from './restyle.ts'
import { Rng } from './rng.ts'
import { createTypesetter } from './typeset.ts'

const typeset = await createTypesetter('tex')
const face = loadOutlineFace('lora')

/** The outlines of what is drawn and how thick they are, wherever they stand. */
function draw(latex: string): string[] {
  const svg = restyleSvg(typeset(latex) ?? '', { face, wobble: 0, boldness: 0, usesPen: false }, new Rng(1))
  return [...svg.matchAll(/<path [^>]*/g)].map(([path]) =>
    ['d', 'stroke-width'].map((name) => new RegExp(` ${name}="([^"]*)"`).exec(path)?.[1] ?? '').join(' '),
  )
}

it.each(['\\mathcal{L}', '\\mathbf{L}', '\\mathbb{L}', '\\mathfrak{L}'])(
  'a face without such letters still draws %s otherwise than a plain letter',
  (latex) => {
    expect(draw(latex)).not.toEqual(draw('\\mathrm{L}'))
    expect(draw(latex)).not.toEqual(draw('L'))
  },
)

it.each(['\\mathcal{L}', '\\mathbf{L}', '\\mathbb{R}', '\\mathbb{L}', '\\mathfrak{A}', '\\mathfrak{g}'])(
  'the letter of %s is found',
  (latex) => {
    const [glyph] = findGlyphs(typeset(latex) ?? '')
    expect(glyph?.token).toBe(/\{(.)\}/.exec(latex)?.[1])
  },
)

it('the signs for parts of complex numbers are no letters', () => {
  expect(findGlyphs(typeset('\\Re\\Im') ?? '')).toEqual([])
})
