import { beforeAll, describe, expect, it } from 'vitest'
import { vocabulary } from '../../vocabulary.ts'
import { Rng } from '../rng.ts'
import { createTypesetter, type Typesetter } from '../typeset.ts'
import { sampleDrill } from './drill.ts'
import { findSigns } from './find-signs.ts'
import { createGlyphNames } from './name-glyphs.ts'

let typeset: Typesetter
beforeAll(async () => {
  typeset = await createTypesetter('newcm')
})

describe('sampleDrill', () => {
  it('draws rows of signs that can be typeset, all of them with names', () => {
    const names = createGlyphNames(typeset)
    const rng = new Rng(11)
    for (let round = 0; round < 120; round += 1) {
      const { source, label } = sampleDrill(rng)
      expect(label.filter((token) => !vocabulary.includes(token))).toEqual([])
      const svg = typeset(source)
      // Two scripts on one side of a sign are an error of TeX's.
      if (svg === undefined) expect(source).toMatch(/(?:[_^] \{[^}]*(?:\{[^}]*\} )?\} ?)|\\(?:left|right)/)
      else expect(findSigns(svg, names).unknown, source).toEqual([])
    }
  })

  it('comes to nearly every sign of the vocabulary', () => {
    const rng = new Rng(12)
    const seen = new Set(Array.from({ length: 1500 }, () => sampleDrill(rng).label).flat())
    const single = vocabulary.filter((token) => /^\\(?:[a-z]+eq|[A-Z][a-z]+|math[a-z]+)$/.test(token))
    expect(single.filter((token) => !seen.has(token) && !/^\\math(?:rm)/.test(token))).toEqual([])
  })
})
