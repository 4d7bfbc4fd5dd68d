import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { putOnGround } from './ground.ts'

const [width, height] = [120, 60]

/** What becomes of `draw` on a transparent picture, RGB. */
function putDrawn(draw: (context: SKRSContext2D) => void): Uint8Array {
  const context = createCanvas(width, height).getContext('2d')
  draw(context)
  return putRgba(new Uint8Array(context.getImageData(0, 0, width, height).data))
}

function putRgba(data: Uint8Array): Uint8Array {
  const { pixels, wasOpaque } = putOnGround({ data, width, height, bands: 4, orientation: 1 })
  expect(wasOpaque).toBe(false)
  expect(pixels.data.length).toBe(width * height * 3)
  return pixels.data
}

/** The ground in a corner, 0 black to 255 white. */
const groundOf = (draw: (context: SKRSContext2D) => void) => putDrawn(draw)[0]

/** Brightness at a place. */
function lumaAt(data: Uint8Array, x: number, y: number): number {
  const [red = 0, green = 0, blue = 0] = data.subarray(3 * (y * width + x))
  return 0.299 * red + 0.587 * green + 0.114 * blue
}

const write =
  (...inks: string[]) =>
  (context: SKRSContext2D) =>
    inks.forEach((ink, index) => {
      context.fillStyle = ink
      for (let at = 0; at < 4; at += 1) context.fillRect(10 + 25 * at, 10 + 20 * index, 15, 4)
    })

const card = (paper: string, ink: string) => (context: SKRSContext2D) => {
  context.fillStyle = paper
  context.beginPath()
  context.roundRect(0, 0, width, height, 12)
  context.fill()
  write(ink)(context)
}

describe('the ground under a transparent picture', () => {
  it.each([
    ['black ink', write('#000'), 255],
    ['dark red ink', write('#900'), 255],
    ['black ink, half of it see-through', write('rgba(0, 0, 0, 0.5)'), 255],
    ['white ink', write('#fff'), 0],
    ['light yellow ink', write('#ffec99'), 0],
    ['white ink, half of it see-through', write('rgba(255, 255, 255, 0.5)'), 0],
    ['mostly black ink with a light part', write('#000', '#222', '#ffe066'), 255],
    ['mostly white ink with a dark part', write('#fff', '#eee', '#600'), 255],
    ['one bar of black', (context: SKRSContext2D) => context.fillRect(40, 25, 40, 6), 255],
    ['a white card with black writing', card('#fff', '#000'), 255],
    ['a white card with light grey writing', card('#fff', '#aaa'), 255],
    ['a black card with white writing', card('#111', '#fff'), 0],
    ['a dark card with dark grey writing', card('#222', '#777'), 0],
    ['nothing', () => undefined, 255],
  ])('%s', (_name, draw, ground) => {
    expect(groundOf(draw)).toBe(ground)
  })

  const inks = ['#000', '#fff', '#ffec99', '#c00', '#00c', '#aaa', '#0a0', '#ffa500', '#0ff', '#555']
  const mixes = inks.flatMap((one) => inks.map((other) => [one, other] as const))

  it.each(mixes)('shows %s beside %s', (...mix) => {
    const data = putDrawn(write(...mix))
    const contrasts = mix.map((_, row) => Math.abs(lumaAt(data, 17, 12 + 20 * row) - lumaAt(data, 0, 0)))
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(Math.max(72, 0.55 * Math.max(...contrasts)))
  })

  it('shows all of a bar that goes from black to white', () => {
    const data = putDrawn((context) => {
      const gradient = context.createLinearGradient(10, 0, 110, 0)
      gradient.addColorStop(0, '#000')
      gradient.addColorStop(1, '#fff')
      context.fillStyle = gradient
      context.fillRect(10, 25, 100, 4)
    })
    for (let x = 12; x < 108; x += 8)
      expect(Math.abs(lumaAt(data, x, 27) - lumaAt(data, 0, 0))).toBeGreaterThan(72)
  })

  it('shows black beside a dark card with white writing', () => {
    const data = putDrawn((context) => {
      context.fillStyle = '#000'
      context.fillRect(70, 25, 40, 4)
      context.fillStyle = '#222'
      context.fillRect(4, 4, 56, 52)
      context.fillStyle = '#fff'
      context.fillRect(14, 25, 30, 4)
    })
    expect([lumaAt(data, 0, 0), lumaAt(data, 90, 27)]).toEqual([255, 0])
  })

  const blended = [
    ['black on white', 0, 255],
    ['grey on white', 115, 255],
    ['dark grey on white', 60, 255],
    ['light grey on black', 200, 0],
    ['white on black', 255, 0],
  ] as const
  const writings = [
    ['sharp', 'none', 0.05],
    ['soft', 'blur(2px)', 0],
  ] as const
  const left = blended.flatMap((inks) => writings.map((writing) => [...inks, ...writing] as const))

  it.each(left)('goes on with the ground that left its rims: %s (%i, %i), %s', (...row) => {
    const [, ink, paper, , filter, removed] = row
    const opacity = putDrawn((context) => {
      context.filter = filter
      context.lineWidth = 2
      for (let at = 0; at < 4; at += 1) context.strokeRect(10.3 + 25 * at, 10.4, 15, 30)
    })
    const data = new Uint8Array(width * height * 4)
    for (let at = 0; at < width * height; at += 1) {
      const level = Math.round(paper + (ink - paper) * (1 - (opacity[3 * at] ?? 255) / 255))
      data.fill(level, 4 * at, 4 * at + 3)
      // Tools that make one colour transparent leave what was blended with it.
      data[4 * at + 3] = Math.abs(level - paper) > removed * Math.abs(ink - paper) ? 255 : 0
    }
    expect(lumaAt(putRgba(data), 0, 0)).toBeCloseTo(paper)
  })

  it('leaves opaque pictures as they are', () => {
    const data = new Uint8Array([1, 2, 3, 255, 4, 5, 6, 255])
    const { pixels, wasOpaque } = putOnGround({ data, width: 2, height: 1, bands: 4, orientation: 1 })
    expect([[...pixels.data], wasOpaque]).toEqual([[1, 2, 3, 4, 5, 6], true])
  })
})
