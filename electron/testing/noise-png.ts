import { randomBytes } from 'node:crypto'
import { createCanvas } from '@napi-rs/canvas'

/** Pixels a side: of such a picture no readable copy fits into a data URI. */
export const TOO_LARGE = 1100
/** Pixels a side: such a picture fits into a data URI only as a JPEG. */
export const LARGE = 900

/** A square picture that does not compress; `side` in pixels. */
export function noisePng(side: number): Uint8Array<ArrayBuffer> {
  const canvas = createCanvas(side, side)
  const context = canvas.getContext('2d')
  const picture = context.createImageData(side, side)
  picture.data.set(randomBytes(picture.data.length))
  for (let alpha = 3; alpha < picture.data.length; alpha += 4) picture.data[alpha] = 255
  context.putImageData(picture, 0, 0)
  return new Uint8Array(canvas.toBuffer('image/png'))
}
