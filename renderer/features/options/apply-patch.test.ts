import { describe, expect, it } from 'vitest'
import { applyPatch } from './apply-patch.ts'

describe('applyPatch', () => {
  it('takes a member away from the batch', () => {
    expect(
      applyPatch(
        { rm_spaces: true, confidence_threshold: 0.5 },
        {},
        { confidence_threshold: undefined },
        'batch',
      ),
    ).toEqual({
      rm_spaces: true,
    })
  })

  it('gives an image the batch’s value back', () => {
    expect(applyPatch({ rm_spaces: true }, { rm_spaces: false }, { rm_spaces: undefined }, 'items')).toEqual({
      rm_spaces: true,
    })
  })
})
