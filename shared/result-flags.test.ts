import { describe, expect, it } from 'vitest'
import {
  confidenceOf,
  findLookReason,
  formatConfidence,
  type LookInput,
  type LookReason,
} from './result-flags.ts'

const item = (patch: Partial<LookInput>): LookInput => ({
  state: 'completed',
  flagged: false,
  accepted: false,
  result: { latex_styled: 'x', latex_confidence: 0.95 },
  ...patch,
})

describe('findLookReason', () => {
  it.each<[string, Partial<LookInput>, LookReason | undefined]>([
    ['a sure reading', {}, undefined],
    ['exactly at the limit', { result: { latex_confidence: 0.9 } }, undefined],
    ['below the limit', { result: { latex_confidence: 0.89 } }, 'low_confidence'],
    ['text behaviour below the limit', { result: { confidence: 0.2 } }, 'low_confidence'],
    ['no confidence at all', { result: { text: 'x' } }, 'unknown_confidence'],
    ['sure, but does not typeset', { canRender: false }, 'not_rendering'],
    ['not tried yet', { canRender: undefined }, undefined],
    ['accepted in spite of doubts', { accepted: true, result: { latex_confidence: 0.1 } }, undefined],
    ['flagged, though accepted', { accepted: true, flagged: true }, 'flagged'],
    ['flagged before it was read', { state: 'ready', flagged: true }, 'flagged'],
    ['flagged and doubtful: the doubt says more', { flagged: true, canRender: false }, 'not_rendering'],
    [
      'sure of its formulas, without its words',
      { result: { latex_confidence: 0.99, unread_words: 'left out' } },
      'unread_words',
    ],
    ['sure of the first of its pages', { result: { latex_confidence: 0.99, num_pages: 2 } }, 'unread_pages'],
    ['edited to nothing', { edit: '' }, 'empty'],
    ['failed: that is its own state', { state: 'error' }, undefined],
    ['not read yet', { state: 'pending' }, undefined],
  ])('%s', (_, patch, expected) => {
    expect(findLookReason(item(patch))).toBe(expected)
  })
})

describe('confidenceOf', () => {
  it('takes whichever behaviour gave one, and 0 is a value', () => {
    expect(confidenceOf({ latex_confidence: 0, confidence: 1 })).toBe(0)
    expect(confidenceOf({ confidence: 0.7 })).toBe(0.7)
    expect(confidenceOf(undefined)).toBeUndefined()
  })
})

describe('formatConfidence', () => {
  it.each([
    [0.999, '0.99'],
    [0.8999, '0.89'],
    [0.29, '0.29'],
    [0.58, '0.58'],
    [1, '1.00'],
    [0, '0.00'],
  ])('%d is shown as %s', (confidence, shown) => {
    expect(formatConfidence(confidence)).toBe(shown)
  })
})
