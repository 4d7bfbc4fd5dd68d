import { describe, expect, it } from 'vitest'
import { DEFAULT_OPTIONS, type OcrOptions } from './parameters.ts'
import { isPreset, patchToPreset, presetOptions, PRESETS } from './presets.ts'

const [formula, text] = PRESETS.map(({ options }) => options)
const region = { top_left_x: 0, top_left_y: 0, width: 5, height: 5 }

describe('presets', () => {
  it('begin with what a new batch begins with', () => {
    expect(isPreset(DEFAULT_OPTIONS, formula ?? {})).toBe(true)
    expect(isPreset(DEFAULT_OPTIONS, text ?? {})).toBe(false)
  })

  it('take the place of all options but those of one image or one job', () => {
    const options: OcrOptions = { ...DEFAULT_OPTIONS, region, tags: ['a'], beam_size: 3, 'own word': 1 }
    const patch = patchToPreset(options, text ?? {})
    const after = { ...options, ...patch }
    expect(after).toMatchObject({
      ocr_behavior: 'text',
      region,
      tags: ['a'],
      metadata: DEFAULT_OPTIONS.metadata,
    })
    expect(after['beam_size']).toBeUndefined()
    expect(after['own word']).toBeUndefined()
    expect(isPreset(after, text ?? {})).toBe(true)
  })

  it('of one’s own hold neither regions nor what belongs to a job', () => {
    expect(presetOptions({ region, callback: { post: 'https://a.b' }, n_best: 2 })).toEqual({ n_best: 2 })
  })
})
