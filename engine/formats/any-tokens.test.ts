import { describe, expect, it } from 'vitest'
import { createFixtureReading } from '../../testing/engine/fixture-reading.ts'
import { createResult } from './create-result.ts'

const alphabet =
  '{ } { } ^ _ & \\\\ x 2 . , ( ) | = + \\frac \\sqrt [ ] \\text \\mathbf \\lim \\sum \\longdiv \\hline \\bigcup l r \\begin{array} \\end{array} \\left\\{ \\right. \\left. \\right)'.split(
    ' ',
  )

/** A small generator with a seed, so that a failure can be repeated. */
function createPicker(seed: number): (count: number) => number {
  let state = seed
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
}

function createTokens(seed: number): string[] {
  const pick = createPicker(seed)
  return Array.from({ length: 1 + pick(25) }, () => alphabet[pick(alphabet.length)] ?? 'x')
}

const latexFormats = [
  'text',
  'text_display',
  'latex_normal',
  'latex_styled',
  'latex_simplified',
  'latex_list',
]
const transforms = ['rm_spaces', 'rm_newlines', 'rm_fonts', 'rm_style_syms', 'rm_text', 'long_frac']

describe('a reading that is not well-formed', () => {
  it('still becomes a result, in every format and with every transform', () => {
    for (let seed = 1; seed <= 3000; seed += 1) {
      const tokens = createTokens(seed)
      const reading = createFixtureReading('', { tokens, candidates: [{ tokens, confidence: 0.5 }] })
      const format_options = Object.fromEntries(latexFormats.map((name) => [name, { transforms }]))
      const latex = createResult(reading, {
        ocr: ['math', 'text'],
        formats: latexFormats,
        format_options: seed % 2 ? format_options : {},
      })
      expect(latex.latex_styled, `seed ${String(seed)}`).toBeTypeOf('string')
      const text = createResult(reading, {
        ocr_behavior: 'text',
        formats: ['text', 'latex_styled'],
        confidence_rate_threshold: 0,
        rm_fonts: true,
        idiomatic_braces: true,
        idiomatic_eqn_arrays: true,
      })
      expect(text.text, `seed ${String(seed)}`).toBeTypeOf('string')
    }
  })

  it('does not stop the renderer of html and data either', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const reading = createFixtureReading('', { tokens: createTokens(seed) })
      const options = {
        formats: ['html', 'data'],
        data_options: { include_mathml: true, include_asciimath: true },
      }
      const result = createResult(reading, { ocr_behavior: 'text', confidence_rate_threshold: 0, ...options })
      expect(result.html).toMatch(/^<div/)
    }
  })
})
