import { describe, expect, it } from 'vitest'
import { arrangePanes, chooseFocus, paneSizes } from './fit-panes.ts'

describe('arrangePanes', () => {
  const wide = { width: 800, height: 100 }
  const tall = { width: 200, height: 400 }
  it.each([
    ['a line in a square', { width: 600, height: 600 }, wide, 'stacked'],
    ['a line in a narrow window', { width: 560, height: 500 }, wide, 'stacked'],
    ['a line on an ultra-wide screen that is low', { width: 3000, height: 180 }, wide, 'beside'],
    ['a column in a square', { width: 600, height: 600 }, tall, 'beside'],
    ['a column in a narrow window', { width: 300, height: 1400 }, tall, 'stacked'],
  ])('%s', (_, room, content, direction) => {
    expect(arrangePanes(room, content, content).direction).toBe(direction)
  })

  it('draws both at one scale that neither other way of dividing the room reaches', () => {
    const room = { width: 1000, height: 700 }
    const [image, formula] = [
      { width: 900, height: 300 },
      { width: 300, height: 200 },
    ]
    const chosen = arrangePanes(room, image, formula)
    const [one, other] = paneSizes(room, chosen)
    expect(image.width * chosen.scale).toBeLessThanOrEqual(one.width + 0.001)
    expect(formula.height * chosen.scale).toBeLessThanOrEqual(other.height + 0.001)
    for (const direction of ['beside', 'stacked'] as const) {
      for (const share of [0.3, 0.5, 0.7]) {
        const [first, second] = paneSizes(room, { direction, share })
        const scale = Math.min(
          first.width / image.width,
          first.height / image.height,
          second.width / formula.width,
          second.height / formula.height,
        )
        expect(scale).toBeLessThanOrEqual(chosen.scale + 0.001)
      }
    }
  })

  it('gives the larger content more room, and the smaller one no slit', () => {
    const page = { width: 1000, height: 1000 }
    expect(arrangePanes({ width: 900, height: 900 }, page, { width: 100, height: 20 }).share).toBe(0.7)
  })
})

describe('chooseFocus', () => {
  const image = { width: 1000, height: 500 }
  it('looks at the ink and a margin, which ends with the image', () => {
    expect(chooseFocus(image, { left: 10, top: 100, width: 200, height: 50 }, 30)).toEqual({
      left: 0,
      top: 70,
      width: 240,
      height: 110,
    })
  })
  it.each([
    ['no ink is known', undefined],
    ['it is nearly all', { left: 100, top: 50, width: 800, height: 400 }],
  ])('looks at all where %s', (_, ink) => {
    expect(chooseFocus(image, ink, 30)).toEqual({ left: 0, top: 0, ...image })
  })
})
