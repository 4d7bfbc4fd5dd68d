import { describe, expect, it } from 'vitest'
import { dropRootBars } from './drop-root-bars.ts'
import type { SignBox, SpottedSign } from './spotted-sign.ts'

const vocabulary = ['\\sqrt', '\\overline', '\\frac', 'x']

function spot(token: string, box: SignBox): SpottedSign {
  const names = Float32Array.from(vocabulary, (name) => (name === token ? 1 : 0))
  return {
    box,
    place: [0, 0],
    probability: 0.9,
    names,
    styles: new Float32Array(8),
    features: new Float32Array(0),
  }
}

const root = spot('\\sqrt', [10, 10, 90, 40])

describe('dropRootBars', () => {
  it('leaves out the bar of a root', () => {
    expect(dropRootBars([root, spot('\\overline', [24, 10, 89, 12])], vocabulary)).toEqual([root])
  })

  it('keeps bars within a root, over it and beside it', () => {
    const kept = [
      root,
      spot('\\frac', [30, 24, 80, 26]),
      spot('\\overline', [8, 2, 92, 4]),
      spot('\\frac', [100, 10, 140, 12]),
      spot('x', [30, 10, 40, 12]),
    ]
    expect(dropRootBars(kept, vocabulary)).toEqual(kept)
  })
})
