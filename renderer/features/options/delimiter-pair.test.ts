import { describe, expect, it } from 'vitest'
import type { OcrOptions } from '../../../shared/parameters.ts'
import { writePair } from './delimiter-pair.ts'

const text: OcrOptions = { ocr_behavior: 'text', formats: ['text'] }

describe('writePair', () => {
  it('is an option of its own in text behaviour', () => {
    expect(writePair(text, 'inline', ['$', '$'])).toEqual({ math_inline_delimiters: ['$', '$'] })
    expect(writePair(text, 'display', undefined)).toEqual({ math_display_delimiters: undefined })
  })

  it('belongs to the text formats in latex behaviour, and leaves the rest of them alone', () => {
    const options: OcrOptions = {
      format_options: { text: { transforms: ['rm_newlines'] }, mathml: { own: 1 } },
    }
    expect(writePair(options, 'inline', ['$', '$'])).toEqual({
      format_options: {
        text: { transforms: ['rm_newlines'], math_delims: ['$', '$'] },
        mathml: { own: 1 },
        text_display: { math_delims: ['$', '$'] },
      },
    })
  })

  it('leaves nothing behind when the last one goes', () => {
    const options: OcrOptions = { format_options: { text: { displaymath_delims: ['$$', '$$'] } } }
    expect(writePair(options, 'display', undefined)).toEqual({ format_options: undefined })
  })
})
