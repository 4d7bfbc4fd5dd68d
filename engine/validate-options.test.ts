import { describe, expect, it } from 'vitest'
import { parameterEntries } from '../shared/parameters.ts'
import { checkOptions } from './validate-options.ts'

type Raw = Record<string, unknown>

const region = { top_left_x: 0, top_left_y: 0, width: 10, height: 10 }

describe('checkOptions', () => {
  const refused: readonly (readonly [Raw, string, Raw])[] = [
    [{ formats: 'latex_styled' }, 'opts_expected_array', { option: 'formats', type: 'string' }],
    [{ formats: { mathml: true } }, 'opts_expected_array', { option: 'formats', type: 'object' }],
    [{ formats: ['latex_styled', 'html'] }, 'opts_unknown_format', { formats: ['html'] }],
    [{ formats: [1] }, 'opts_unknown_format', { formats: [1] }],
    [{ ocr_behavior: 'text', formats: 'text' }, 'opts_expected_array', { option: 'formats', type: 'string' }],
    [{ ocr: 'math' }, 'opts_expected_array', { option: 'ocr', type: 'string' }],
    [{ ocr: ['text'] }, 'opts_unknown_ocr', { ocr: ['text'] }],
    [{ ocr: ['math', 'music'] }, 'opts_unknown_ocr', { ocr: ['math', 'music'] }],
    [{ ocr_behavior: 'both' }, 'opts_value_out_of_range', { name: 'ocr_behavior', value: 'both' }],
    [{ confidence_threshold: '0.5' }, 'opts_number_required', { name: 'confidence_threshold', value: '0.5' }],
    [
      { confidence_rate_threshold: 1.1 },
      'opts_value_out_of_range',
      { name: 'confidence_rate_threshold', value: 1.1 },
    ],
    [
      { auto_rotate_confidence_threshold: -1 },
      'opts_value_out_of_range',
      { name: 'auto_rotate_confidence_threshold', value: -1 },
    ],
    [{ beam_size: 0 }, 'opts_value_out_of_range', { name: 'beam_size', value: 0 }],
    [{ beam_size: 11 }, 'opts_value_out_of_range', { name: 'beam_size', value: 11 }],
    [{ beam_size: 1.5 }, 'opts_value_out_of_range', { name: 'beam_size', value: 1.5 }],
    [{ n_best: 1 }, 'opts_conflict', {}],
    [{ beam_size: 2, n_best: 3 }, 'opts_value_out_of_range', { name: 'n_best', value: 3 }],
    [{ region: 5 }, 'opts_value_out_of_range', { name: 'region', value: 5 }],
    [
      { region: { ...region, width: undefined } },
      'opts_number_required',
      { name: 'region.width', value: null },
    ],
    [{ region: { ...region, height: '10' } }, 'opts_number_required', { name: 'region.height', value: '10' }],
    [
      { region: { ...region, top_left_x: -1 } },
      'opts_value_out_of_range',
      { name: 'region.top_left_x', value: -1 },
    ],
    [{ region: { ...region, width: 0 } }, 'opts_value_out_of_range', { name: 'region.width', value: 0 }],
    [{ rm_spaces: 'false' }, 'opts_value_out_of_range', { name: 'rm_spaces', value: 'false' }],
    [{ rm_fonts: 1 }, 'opts_value_out_of_range', { name: 'rm_fonts', value: 1 }],
    [
      { math_inline_delimiters: '$' },
      'opts_expected_array',
      { option: 'math_inline_delimiters', type: 'string' },
    ],
    [
      { data_options: { include_latex: 'yes' } },
      'opts_value_out_of_range',
      { name: 'data_options.include_latex' },
    ],
    [{ include_line_data: true, include_word_data: true }, 'opts_conflict', {}],
  ]
  it.each(refused)('%j is refused as %s', (raw, id, detail) => {
    expect(checkOptions(raw)).toMatchObject({ ok: false, error: { id, detail } })
  })

  const accepted: readonly Raw[] = [
    {},
    { formats: [] },
    { formats: ['latex_styled', 'wolfram', 'mathml'], ocr: ['text', 'math'] },
    { confidence_threshold: 0, confidence_rate_threshold: 1 },
    { beam_size: 10, n_best: 10 },
    { region },
    { include_line_data: true },
    { tags: ['a'] },
  ]
  it.each(accepted)('%j is accepted as it is', (raw) => {
    expect(checkOptions(raw)).toEqual({ ok: true, value: raw })
  })

  it('leaves out what nobody has documented', () => {
    const raw = { tags: ['a'], async: true, something_new: { any: 'thing' } }
    expect(checkOptions(raw)).toEqual({ ok: true, value: { tags: ['a'] } })
  })

  it('drops unknown formats in text behaviour', () => {
    const raw = { ocr_behavior: 'text', formats: ['text', 5, 'latex_simplified'] }
    expect(checkOptions(raw)).toMatchObject({ ok: true, value: { formats: ['text', 'latex_simplified'] } })
  })

  it('takes null and an empty region as absent', () => {
    expect(checkOptions({ formats: null, region: {}, fullwidth_punctuation: null })).toEqual({
      ok: true,
      value: {},
    })
  })

  it.each(parameterEntries)('looks at %s as the table says', (name, { isPassedOver }) => {
    // No option takes it.
    const wrong = { [name]: { 'no value': 1 } }
    const behaviours = [{}, { ocr_behavior: 'text' }]
    const isRefused = behaviours.some((rest) => !checkOptions({ ...rest, ...wrong }).ok)
    const takesAnyObject = name === 'metadata'
    expect(isRefused).toBe(!isPassedOver && !takesAnyObject)
  })
})
