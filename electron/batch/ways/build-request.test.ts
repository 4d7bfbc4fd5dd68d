import { describe, expect, it } from 'vitest'
import { type OcrOptions, DEFAULT_OPTIONS } from '../../../shared/parameters.ts'
import { buildRequest, buildUploadOptions, toWireShape } from './build-request.ts'

const item = (overrides: OcrOptions = {}) => ({ key: 'k', url: 'https://h/a.png', overrides })
const urlOf = (options: OcrOptions, overrides: OcrOptions) =>
  buildRequest([item(overrides)], options, 'mathpix').urls['k']

describe('the top level', () => {
  it('carries the defaults in their wire shape', () => {
    expect(buildRequest([item()], DEFAULT_OPTIONS, 'mathpix')).toEqual({
      ocr_behavior: 'latex',
      formats: ['latex_styled', 'text'],
      format_options: { latex_styled: { transforms: ['rm_spaces'] }, text: { transforms: ['rm_spaces'] } },
      metadata: { improve_mathpix: false },
      urls: { k: 'https://h/a.png' },
    })
  })

  it.each([
    [
      'a transform per LaTeX format in latex behaviour',
      { formats: ['latex_normal', 'mathml'], rm_spaces: true },
      {
        formats: ['latex_normal', 'mathml'],
        format_options: { latex_normal: { transforms: ['rm_spaces'] } },
      },
    ],
    [
      'beside the other options of the format',
      {
        formats: ['text'],
        rm_spaces: true,
        format_options: { text: { transforms: ['rm_fonts'], math_delims: ['$', '$'] } },
      },
      {
        formats: ['text'],
        format_options: { text: { transforms: ['rm_fonts', 'rm_spaces'], math_delims: ['$', '$'] } },
      },
    ],
    [
      'a parameter in text behaviour',
      { ocr_behavior: 'text', formats: ['text'], rm_spaces: false },
      { ocr_behavior: 'text', formats: ['text'], rm_spaces: false },
    ],
    [
      'nothing when it is off in latex behaviour',
      { formats: ['text'], rm_spaces: false },
      { formats: ['text'] },
    ],
  ] as [string, OcrOptions, OcrOptions][])('says rm_spaces as %s', (_, options, wire) => {
    expect(toWireShape(options)).toEqual(wire)
  })

  it('asks the engine on this computer for doubtful readings too, unless the user set a threshold', () => {
    expect(buildRequest([item()], {}, 'local').confidence_rate_threshold).toBe(0)
    expect(
      buildRequest([item()], { confidence_rate_threshold: 0.5 }, 'local').confidence_rate_threshold,
    ).toBe(0.5)
    expect(buildRequest([item()], {}, 'mathpix').confidence_rate_threshold).toBeUndefined()
  })

  it('keeps parameters that it does not know', () => {
    expect(buildRequest([item()], { include_smiles: true }, 'mathpix')['include_smiles']).toBe(true)
  })
})

describe('one image', () => {
  it.each([
    ['without options of its own is a string', { formats: ['text'] }, {}, 'https://h/a.png'],
    [
      'with metadata alone is a string: that belongs to the top level',
      {},
      { metadata: { x: 1 } },
      'https://h/a.png',
    ],
    [
      'carries what it overrides',
      { formats: ['text'] },
      { formats: ['latex_list'] },
      { url: 'https://h/a.png', formats: ['latex_list'] },
    ],
    [
      'says a value that equals the batch’s too, as the user set it',
      { n_best: 2 },
      { n_best: 2 },
      { url: 'https://h/a.png', n_best: 2 },
    ],
    [
      'of another behaviour brings formats that it knows',
      { formats: ['latex_simplified'], rm_spaces: true },
      { ocr_behavior: 'text' },
      {
        url: 'https://h/a.png',
        ocr_behavior: 'text',
        formats: ['text'],
        rm_spaces: true,
        format_options: { latex_simplified: { transforms: [] } },
      },
    ],
    [
      'with rm_spaces off takes the transform back under both readings of the merge',
      { formats: ['text'], rm_spaces: true },
      { rm_spaces: false },
      { url: 'https://h/a.png', format_options: { text: { transforms: [] } } },
    ],
    [
      'with other formats gets their transforms',
      { formats: ['text'], rm_spaces: true },
      { formats: ['latex_styled'] },
      {
        url: 'https://h/a.png',
        formats: ['latex_styled'],
        format_options: { text: { transforms: [] }, latex_styled: { transforms: ['rm_spaces'] } },
      },
    ],
    [
      'names the switches of the batch that it does not want, for both readings of the merge',
      {
        ocr_behavior: 'text',
        data_options: { include_latex: true, include_svg: true },
        alphabets_allowed: { ru: false },
      },
      { data_options: { include_svg: true, include_tsv: true }, alphabets_allowed: { th: false } },
      {
        url: 'https://h/a.png',
        data_options: { include_latex: false, include_svg: true, include_tsv: true },
        alphabets_allowed: { ru: true, th: false },
      },
    ],
    [
      'sends a region whole',
      {},
      { region: { top_left_x: 1, top_left_y: 2, width: 3, height: 4 } },
      { url: 'https://h/a.png', region: { top_left_x: 1, top_left_y: 2, width: 3, height: 4 } },
    ],
  ] as [string, OcrOptions, OcrOptions, unknown][])('%s', (_, options, overrides, value) => {
    expect(urlOf(options, overrides)).toEqual(value)
  })
})

describe('a single upload', () => {
  it('goes to the endpoint of its behaviour with its own options and the metadata of the batch', () => {
    const batch: OcrOptions = { formats: ['text'], metadata: { improve_mathpix: false } }
    expect(buildUploadOptions({ ocr_behavior: 'text', rm_spaces: true }, batch, 'mathpix')).toEqual({
      endpoint: 'v3/text',
      options: { formats: ['text'], rm_spaces: true, metadata: { improve_mathpix: false } },
    })
    expect(buildUploadOptions({}, batch, 'mathpix').endpoint).toBe('v3/latex')
  })
})
