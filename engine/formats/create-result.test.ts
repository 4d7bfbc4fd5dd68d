import { describe, expect, it } from 'vitest'
import type { OcrResult } from '../../shared/mathpix.ts'
import { createFixtureReading } from '../../testing/engine/fixture-reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import { createResult } from './create-result.ts'

const read = (latex: string, options: EngineOptions = {}): OcrResult =>
  createResult(createFixtureReading(latex), options)

describe('what is told of the picture', () => {
  it('says where the ink is in whole pixels that meet the edges', () => {
    const position = { top_left_x: 0.6, top_left_y: 10.4, width: 99.4, height: 10.2 }
    const result = createResult(createFixtureReading('x', { position }), {})
    expect(result.position).toEqual({ top_left_x: 1, top_left_y: 10, width: 99, height: 11 })
  })

  it('says only what was detected', () => {
    const result = createResult(createFixtureReading('x', { isInverted: true, isPrinted: 0.25 }), {
      formats: ['text'],
    })
    expect(result.detection_map).toEqual({ is_blank: 0, is_inverted: 1, is_printed: 0.25 })
    expect(result.detection_list).toEqual(['is_inverted'])
    expect(result).not.toHaveProperty('is_printed')
  })
})

describe('what is told of each token', () => {
  it('is short, has whole pixels around its ink, and nothing where the place is not known', () => {
    const drawn = [
      {
        token: 'x',
        confidence: 0.98765,
        box: { top_left_x: 4.2, top_left_y: 5.9, width: 7.3, height: 6 },
      },
      { token: '2', confidence: 0.4 },
    ]
    const reading = createFixtureReading('x^2', { drawn })
    for (const options of [{}, { ocr_behavior: 'text' }] as const)
      expect(createResult(reading, options)['token_data']).toEqual({
        latex: ['x', '2'],
        confidence: [0.99, 0.4],
        position: [[4, 5, 8, 7], null],
      })
  })

  it('leaves out what the result leaves out', () => {
    const words = read('\\text{area} a = 2', { formats: ['latex_styled'] })
    expect(words).toMatchObject({ latex_styled: 'a = 2', token_data: { latex: ['a', '=', '2'] } })
    expect(read('x', { confidence_threshold: 0.95 })).not.toHaveProperty('token_data')
  })
})

describe('confidence', () => {
  it('withholds a result below a threshold, in both measures', () => {
    const result = read('x', { formats: ['latex_styled'], confidence_threshold: 0.95 })
    expect(result.error_info?.id).toBe('math_confidence')
    expect(result).not.toHaveProperty('latex_styled')
    expect(read('x', { confidence_rate_threshold: 0.995 }).error_info?.id).toBe('math_confidence')
    expect(read('x', { confidence_threshold: 0.9, confidence_rate_threshold: 0.99 }).error).toBe('')
  })

  it('has a rate threshold of its own in text behaviour only', () => {
    const doubtful = createFixtureReading('x', { confidenceRate: 0.7 })
    expect(createResult(doubtful, { ocr_behavior: 'text' }).error_info?.id).toBe('math_confidence')
    expect(createResult(doubtful, { ocr_behavior: 'text', confidence_rate_threshold: 0 }).text).toBe(
      '\\( x \\)',
    )
    expect(createResult(doubtful, {}).latex).toBe('x')
  })

  it('is never high for what cannot be typeset', () => {
    const broken = createFixtureReading('x', {
      tokens: ['x', '^', '{', '\\frac', '{', '1'],
      confidence: 0.99,
    })
    expect(createResult(broken, { formats: ['latex_styled'] }).latex_confidence).toBeLessThanOrEqual(0.1)
    expect(
      createResult(createFixtureReading('8 \\longdiv{72}', { confidence: 0.99 }), {}).latex_confidence,
    ).toBe(0.99)
  })
})

describe('nothing found', () => {
  it('is an error entry that says so', () => {
    const result = createResult(
      { kind: 'blank', isInverted: false, imageWidth: 9, imageHeight: 7 },
      { formats: ['latex_styled'] },
    )
    expect(result.error_info?.id).toBe('image_no_content')
    expect(result.detection_list).toEqual(['is_blank'])
    expect(result).toMatchObject({ image_width: 9, image_height: 7 })
  })

  it.each(['latex', 'text'] as const)(
    'says of ink that is no formula what it is, in %s behaviour',
    (ocr_behavior) => {
      const drawing = { kind: 'not-math', isInverted: false, imageWidth: 9, imageHeight: 7 } as const
      const result = createResult(drawing, { ocr_behavior })
      expect(result.error_info?.id).toBe('image_not_supported')
      expect(result.detection_list).toEqual(['is_not_math'])
      expect(result).not.toHaveProperty('text')
    },
  )
})

describe('rotation', () => {
  it.each(['latex', 'text'] as const)('is told in %s behaviour', (ocr_behavior) => {
    const turned = createFixtureReading('x', { rotation: { degrees: -90, confidence: 0.997 } })
    expect(createResult(turned, { ocr_behavior })).toMatchObject({
      auto_rotate_degrees: -90,
      auto_rotate_confidence: 0.997,
    })
  })
})
