import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { putOnGround } from './ground.ts'

const [width, height] = [120, 60]

/** The ground in a corner, 0 black to 255 white, after `draw` on a transparent picture. */
function groundOf(draw: (context: SKRSContext2D) => void): number | undefined {
  const context = createCanvas(width, height).getContext('2d')
  draw(context)
  const data = new Uint8Array(context.getImageData(0, 0, width, height).data)
  const { pixels, wasOpaque } = putOnGround({ data, width, height, bands: 4, orientation: 1 })
  expect(wasOpaque).toBe(false)
  expect(pixels.data.length).toBe(width * height * 3)
  return pixels.data[0]
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
    ['mostly white ink with a dark part', write('#fff', '#eee', '#600'), 0],
    ['one bar of black', (context: SKRSContext2D) => context.fillRect(40, 25, 40, 6), 255],
    ['a white card with black writing', card('#fff', '#000'), 255],
    ['a white card with light grey writing', card('#fff', '#aaa'), 255],
    ['a black card with white writing', card('#111', '#fff'), 0],
    ['a dark card with dark grey writing', card('#222', '#777'), 0],
    ['nothing', () => undefined, 255],
  ])('%s', (_name, draw, ground) => {
    expect(groundOf(draw)).toBe(ground)
  })

  it('leaves opaque pictures as they are', () => {
    const data = new Uint8Array([1, 2, 3, 255, 4, 5, 6, 255])
    const { pixels, wasOpaque } = putOnGround({ data, width: 2, height: 1, bands: 4, orientation: 1 })
    expect([[...pixels.data], wasOpaque]).toEqual([[1, 2, 3, 4, 5, 6], true])
  })
})
