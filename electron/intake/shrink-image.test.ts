import { randomBytes } from 'node:crypto'
import { createCanvas } from '@napi-rs/canvas'
import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { noisePng } from '../../testing/electron/noise-png.ts'
import { shrinkImage, smallestScale } from './shrink-image.ts'

/** Noise of `shades` greys. */
function greyPng(width: number, height: number, shades: number): Buffer {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const picture = context.createImageData(width, height)
  const noise = randomBytes(width * height)
  for (let at = 0; at < picture.data.length; at += 4) {
    const shade = ((noise[at / 4] ?? 0) % shades) * Math.floor(255 / (shades - 1))
    picture.data.set([shade, shade, shade, 255], at)
  }
  context.putImageData(picture, 0, 0)
  return canvas.toBuffer('image/png')
}

const pixelsOf = (bytes: Buffer) => new Transformer(bytes).grayscale().jpeg(100)

describe('a smaller copy', () => {
  const large = photo(2400, 1500)

  it('of a grey picture is a PNG of the same pixels', async () => {
    const source = greyPng(400, 300, 4)
    const small = await shrinkImage(source, source.length - 1, true)
    expect(small).toMatchObject({ mime: 'image/png', width: 400, height: 300 })
    expect(small?.bytes.length).toBeLessThan(source.length)
    expect(await pixelsOf(small?.bytes ?? Buffer.alloc(0))).toEqual(await pixelsOf(source))
  })

  it('is a JPEG of the same size where that is enough', async () => {
    const small = await shrinkImage(Buffer.from(noisePng(300)), 200_000, false)
    expect(small).toMatchObject({ mime: 'image/jpeg', width: 300, height: 300 })
    expect(small?.bytes.length).toBeLessThanOrEqual(200_000)
  })

  it('is scaled down as far as need be', async () => {
    const { source, full } = await large
    const small = await shrinkImage(source, Math.floor(full * 0.75), true)
    expect(small?.bytes.length).toBeLessThanOrEqual(full * 0.75)
    expect(small?.width).toBeGreaterThan(1600)
    expect(small?.width).toBeLessThan(2400)
    expect((small?.height ?? 0) / (small?.width ?? 1)).toBeCloseTo(1500 / 2400, 2)
  })

  it('is never scaled where it must keep its size, nor below what can be read', async () => {
    const { source, full } = await large
    expect(await shrinkImage(source, Math.floor(full * 0.75), false)).toBeUndefined()
    expect(await shrinkImage(source, Math.floor(full * 0.2), true)).toBeUndefined()
  })
})

describe('the smallest scale', () => {
  it.each([
    [4000, 3000, 0.4, 'a photograph to 1,600 pixels'],
    [10_000, 8000, 0.4, 'a large scan not below 40 %'],
    [2400, 1500, 1000 / 1500, 'the short side to 1,000 pixels'],
    [8000, 300, 1, 'a strip not at all'],
    [1200, 900, 1, 'a small picture not at all'],
  ])('%i × %i: %f, %s', (width, height, scale) => {
    expect(smallestScale({ width, height })).toBeCloseTo(scale, 5)
    expect(smallestScale({ width: height, height: width })).toBeCloseTo(scale, 5)
  })
})

/** Coarse noise: it can be compressed, but not well; `full` is its size in bytes where a copy would not be scaled. */
async function photo(width: number, height: number): Promise<{ source: Buffer; full: number }> {
  const coarse = randomBytes((width / 3) * (height / 3) * 4)
  for (let alpha = 3; alpha < coarse.length; alpha += 4) coarse[alpha] = 255
  const source = await Transformer.fromRgbaPixels(coarse, width / 3, height / 3)
    .fastResize({ width, height })
    .jpeg(95)
  return { source, full: (await new Transformer(source).jpeg(85)).length }
}
