import { randomBytes } from 'node:crypto'
import { createCanvas } from '@napi-rs/canvas'

/** A square picture that does not compress; `side` in pixels. 900 is too large for a data URI. */
export function noisePng(side: number): Uint8Array<ArrayBuffer> {
  const canvas = createCanvas(side, side)
  const context = canvas.getContext('2d')
  const picture = context.createImageData(side, side)
  picture.data.set(randomBytes(picture.data.length))
  for (let alpha = 3; alpha < picture.data.length; alpha += 4) picture.data[alpha] = 255
  context.putImageData(picture, 0, 0)
  return new Uint8Array(canvas.toBuffer('image/png'))
}
