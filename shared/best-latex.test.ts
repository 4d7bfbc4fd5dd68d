import { describe, expect, it } from 'vitest'
import { bestLatex, shownLatex } from './best-latex.ts'
import type { OcrResult } from './mathpix.ts'

describe('bestLatex', () => {
  it.each<[string, OcrResult, string | undefined]>([
    [
      'styled before all others',
      { latex_styled: 'a', latex_simplified: 'b', latex_normal: 'c', text: 'd' },
      'a',
    ],
    ['simplified before normal', { latex_simplified: 'b', latex_normal: 'c', latex: 'd' }, 'b'],
    ['normal before legacy', { latex_normal: 'c', latex: 'd' }, 'c'],
    ['legacy before text', { latex: 'd', text: '\\(e\\)' }, 'd'],
    ['a list as lines', { latex_list: ['x=1', 'y=2'] }, 'x=1 \\\\ y=2'],
    ['one formula of a text loses its delimiters', { text: '\\( x^{2} \\)\n' }, 'x^{2}'],
    ['dollars too', { text: '$x$' }, 'x'],
    ['prose keeps its delimiters', { text: 'Let \\( x \\) be' }, 'Let \\( x \\) be'],
    ['two formulas keep theirs', { text: '\\( x \\) \\( y \\)' }, '\\( x \\) \\( y \\)'],
    ['display text when nothing else', { text_display: '\\[ x \\]' }, 'x'],
    ['an empty form is passed over', { latex_styled: '  ', latex_normal: 'c' }, 'c'],
    ['nothing read', { latex_confidence: 0.5 }, undefined],
    ['a failure', { error: 'Content not found', error_info: { id: 'image_no_content' } }, undefined],
  ])('%s', (_, result, expected) => {
    expect(bestLatex(result)).toBe(expected)
  })

  it('strips the delimiters that the request asked for', () => {
    expect(bestLatex({ text: '<m>x</m>' }, { inline: ['<m>', '</m>'] })).toBe('x')
  })
})

describe('shownLatex', () => {
  it('prefers the edit, even an empty one, to the result', () => {
    expect(shownLatex({ edit: 'mine', result: { latex_styled: 'theirs' } })).toBe('mine')
    expect(shownLatex({ edit: '', result: { latex_styled: 'theirs' } })).toBe('')
  })

  it('falls back to the result, and to nothing', () => {
    expect(shownLatex({ result: { latex_styled: 'theirs' } })).toBe('theirs')
    expect(shownLatex({})).toBeUndefined()
  })
})
