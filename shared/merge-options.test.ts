import { describe, expect, it } from 'vitest'
import { mergeOptions } from './merge-options.ts'

describe('mergeOptions', () => {
  it('takes the top-level options when the image has none', () => {
    expect(mergeOptions({ formats: ['text'], rm_spaces: true })).toEqual({
      formats: ['text'],
      rm_spaces: true,
    })
  })

  it('lets an option of the image win, name by name', () => {
    const merged = mergeOptions(
      { formats: ['latex_styled'], beam_size: 2 },
      { formats: ['text'], ocr_behavior: 'text' },
    )
    expect(merged).toEqual({ formats: ['text'], beam_size: 2, ocr_behavior: 'text' })
  })

  it('replaces nested objects whole', () => {
    const merged = mergeOptions(
      { data_options: { include_latex: true, include_svg: true } },
      { data_options: { include_asciimath: true } },
    )
    expect(merged.data_options).toEqual({ include_asciimath: true })
  })

  it('keeps false and zero of the image', () => {
    const merged = mergeOptions(
      { rm_spaces: true, confidence_threshold: 0.9 },
      { rm_spaces: false, confidence_threshold: 0 },
    )
    expect(merged).toEqual({ rm_spaces: false, confidence_threshold: 0 })
  })

  it('treats undefined as absent', () => {
    expect(mergeOptions({ formats: ['text'] }, { formats: undefined })).toEqual({
      formats: ['text'],
    })
  })

  it('never hands urls, callback or the address of an image on as options', () => {
    const merged = mergeOptions(
      { urls: { a: 'x' }, callback: { post: 'y' }, tags: ['t'] },
      { url: 'https://host/a.png', callback: { post: 'z' }, beam_size: 1 },
    )
    expect(merged).toEqual({ tags: ['t'], beam_size: 1 })
  })

  it('keeps a member called __proto__ as plain data', () => {
    const merged = mergeOptions(JSON.parse('{"__proto__": {"rm_spaces": true}}') as Record<string, unknown>)
    expect(merged.rm_spaces).toBeUndefined()
    expect(Object.keys(merged)).toEqual(['__proto__'])
  })
})
