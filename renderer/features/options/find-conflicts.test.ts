import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIONS, type OcrOptions } from '../../../shared/parameters.ts'
import { findConflicts } from './find-conflicts.ts'

const IMAGE = { width: 640, height: 160 }
const text = (patch: OcrOptions): OcrOptions => ({ ocr_behavior: 'text', formats: ['text'], ...patch })
const region = (top_left_x: number, top_left_y: number, width: number, height: number): OcrOptions => ({
  ...DEFAULT_OPTIONS,
  region: { top_left_x, top_left_y, width, height },
})

describe('findConflicts', () => {
  it.each<[string, OcrOptions, string[]]>([
    ['the options a batch starts with', DEFAULT_OPTIONS, []],
    ['no format', { ...DEFAULT_OPTIONS, formats: [] }, ['formats']],
    ['a format of the other behaviour', text({ formats: ['latex_normal'] }), ['formats']],
    ['data without content', text({ formats: ['data'] }), ['data_options']],
    [
      'data with all content switched off',
      text({ formats: ['data'], data_options: { include_tsv: false } }),
      ['data_options'],
    ],
    ['data with content', text({ formats: ['data'], data_options: { include_tsv: true } }), []],
    ['lines and words', text({ include_line_data: true, include_word_data: true }), ['include_word_data']],
    ['lines alone', text({ include_line_data: true, include_word_data: false }), []],
    ['as many readings as beams', { ...DEFAULT_OPTIONS, beam_size: 3, n_best: 3 }, []],
    ['more readings than beams', { ...DEFAULT_OPTIONS, beam_size: 2, n_best: 3 }, ['n_best']],
    ['readings without beams', { ...DEFAULT_OPTIONS, n_best: 1 }, ['n_best']],
    ['InChI without SMILES', text({ include_inchi: true }), ['include_inchi']],
    [
      'layout and words',
      text({ enable_document_layout: true, include_word_data: true }),
      ['enable_document_layout'],
    ],
    ['a threshold above 1', { ...DEFAULT_OPTIONS, confidence_threshold: 1.2 }, ['confidence_threshold']],
    [
      'a threshold that is no number',
      { ...DEFAULT_OPTIONS, confidence_rate_threshold: NaN },
      ['confidence_rate_threshold'],
    ],
    [
      'thresholds at their limits',
      { ...DEFAULT_OPTIONS, confidence_threshold: 0, confidence_rate_threshold: 1 },
      [],
    ],
    ['half a pair of delimiters', text({ math_inline_delimiters: ['$', ' '] }), ['math_inline_delimiters']],
    ['a region of the whole image', region(0, 0, 640, 160), []],
    ['a region past the right edge', region(1, 0, 640, 160), ['region']],
    ['a region past the lower edge', region(0, 100, 10, 61), ['region']],
    ['a region without extent', region(0, 0, 0, 10), ['region']],
    ['a region before the image', region(-1, 0, 10, 10), ['region']],
    ['a region of broken pixels', region(0.5, 0, 10, 10), ['region']],
  ])('%s', (_, options, members) => {
    expect(findConflicts(options, IMAGE).map(({ member }) => member)).toEqual(members)
  })
})
