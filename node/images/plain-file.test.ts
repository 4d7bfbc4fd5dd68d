import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { openImage } from './open-image.ts'
import { plainBands } from './plain-file.ts'
import { withVips } from './vips.ts'

const canvas = createCanvas(60, 40)
const pen = canvas.getContext('2d')
pen.fillStyle = '#f4f0e8'
pen.fillRect(0, 0, 60, 40)
pen.fillStyle = '#203080'
pen.fillRect(12, 8, 20, 22)
const [png, jpeg] = [canvas.toBuffer('image/png'), canvas.toBuffer('image/jpeg')]

describe('a plain file', () => {
  it('is told from others', async () => {
    expect(plainBands(png, 'png')).toBe(4)
    expect(plainBands(jpeg, 'jpeg')).toBe(3)
    expect(plainBands(png.subarray(0, -12), 'png')).toBeUndefined()
    expect(plainBands(jpeg.subarray(0, -2), 'jpeg')).toBeUndefined()
    expect(plainBands(new Uint8Array(100), 'png')).toBeUndefined()
    const odd = await withVips('plain', (vips) => {
      const image = vips.Image.pngloadBuffer(png)
      const [grey16, interlaced] = [image.colourspace('grey16'), image.pngsaveBuffer({ interlace: true })]
      return [grey16.pngsaveBuffer(), interlaced, image.pngsaveBuffer({ palette: true })]
    })
    expect(odd.map((bytes) => plainBands(bytes, 'png'))).toEqual([undefined, undefined, undefined])
  })

  it('has the pixels that the library for all kinds gives', async () => {
    const [page] = openImage(png).pages
    const { pixels } = (await page?.decode()) ?? {}
    const wanted = await withVips('plain', (vips) => {
      const image = vips.Image.pngloadBuffer(png)
      return image.extractBand(0, { n: 3 }).writeToMemory()
    })
    const bands = (pixels?.data.length ?? 0) / (60 * 40)
    const rgb = [...(pixels?.data ?? [])].filter((_, at) => at % bands < 3)
    expect(rgb).toEqual([...wanted])
  })
})
