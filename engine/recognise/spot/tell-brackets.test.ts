import { describe, expect, it } from 'vitest'
import type { Canvas } from '../../preprocess/pixels.ts'
import type { SpottedSign } from './spotted-sign.ts'
import { tellBrackets } from './tell-brackets.ts'

const vocabulary = ['(', ')', '[', ']', '|']
const [width, height] = [40, 120]

/** A bracket whose column at each height, from -1 at its top to 1 at its foot, is told. */
function draw(columnAt: (height: number) => readonly number[]): Canvas {
  const data = new Uint8Array(width * height)
  for (let y = 10; y < 110; y += 1)
    for (const x of columnAt((y - 59.5) / 50))
      for (const thick of [0, 1, 2]) data[y * width + Math.round(x) + thick] = 255
  return { data, width, height }
}

const columns = Array.from({ length: 8 }, (_, at) => 8 + 2 * at)
const round = draw((y) => [8 + 14 * Math.abs(y) ** 4])
const square = draw((y) => (Math.abs(y) > 0.95 ? columns : [8]))

function spot(shares: readonly number[], box: SpottedSign['box'] = [8, 10, 25, 110]): SpottedSign {
  return {
    box,
    place: [0, 0],
    probability: 0.9,
    names: Float32Array.from(shares),
    styles: new Float32Array(8),
    features: new Float32Array(0),
  }
}

const namesOf = (sign: SpottedSign, canvas: Canvas) =>
  Array.from(tellBrackets([sign], canvas, vocabulary)[0]?.names ?? [], (share) => Math.round(10 * share))

describe('tellBrackets', () => {
  it('names a tall bracket round whose stroke bends up to its ends', () => {
    expect(namesOf(spot([0.1, 0, 0.8, 0, 0.1]), round)).toEqual([9, 0, 0, 0, 1])
  })

  it('leaves square ones, and those that open the other way, as they were seen', () => {
    expect(namesOf(spot([0.1, 0, 0.8, 0, 0.1]), square)).toEqual([1, 0, 8, 0, 1])
    expect(namesOf(spot([0, 0.1, 0, 0.8, 0.1]), round)).toEqual([0, 1, 0, 8, 1])
  })

  it('leaves small ones and other signs to what the spotter saw', () => {
    expect(namesOf(spot([0.1, 0, 0.8, 0, 0.1], [8, 10, 25, 60]), round)).toEqual([1, 0, 8, 0, 1])
    expect(namesOf(spot([0.1, 0, 0.1, 0, 0.8]), round)).toEqual([1, 0, 1, 0, 8])
  })
})
