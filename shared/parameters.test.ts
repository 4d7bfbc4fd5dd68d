import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIONS, findParameter, OcrOptions, parameterEntries } from './parameters.ts'

describe('the table of options', () => {
  it.each(parameterEntries)(
    '%s: its examples are of its type and may be sent',
    (_, { examples, type, schema }) => {
      expect(examples.length).toBeGreaterThan(0)
      expect(examples.filter((value) => !type.safeParse(value).success)).toEqual([])
      expect(examples.filter((value) => !schema.safeParse(value).success)).toEqual([])
    },
  )

  it('has the other one of each rule', () => {
    const others = parameterEntries.flatMap(([, { rule }]) => (rule ? [rule.other] : []))
    expect(others.filter((name) => findParameter(name) === undefined)).toEqual([])
  })

  it('makes the types of the wire and what a batch starts with', () => {
    expect(Object.keys(OcrOptions.shape)).toEqual(parameterEntries.map(([name]) => name))
    expect(DEFAULT_OPTIONS).toEqual({
      ocr_behavior: 'latex',
      formats: ['latex_styled', 'text'],
      rm_spaces: true,
      metadata: { improve_mathpix: false },
    })
  })
})
