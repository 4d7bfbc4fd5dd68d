import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { decodeImage } from './decode.ts'
import { detectKind, readDeclaredSize } from './image-size.ts'

function createPicture(width = 40, height = 20) {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'rgb(200, 0, 0)'
  context.fillRect(0, 0, width / 2, height)
  return canvas
}

const encoders = {
  png: (canvas: Canvas) => canvas.toBuffer('image/png'),
  jpeg: (canvas: Canvas) => canvas.toBuffer('image/jpeg'),
  webp: (canvas: Canvas) => canvas.toBuffer('image/webp'),
  avif: (canvas: Canvas) => canvas.toBuffer('image/avif'),
}

/** Grey, little-endian, one strip: the least a TIFF can be. */
function createTiff(width: number, height: number): Uint8Array {
  const tags = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 150],
    [277, 1],
    [278, height],
    [279, width * height],
  ] as const
  const bytes = new Uint8Array(150 + width * height).fill(90, 150)
  const view = new DataView(bytes.buffer)
  bytes.set([0x49, 0x49, 42, 0])
  view.setUint32(4, 8, true)
  view.setUint16(8, tags.length, true)
  tags.forEach(([tag, value], at) => {
    view.setUint16(10 + at * 12, tag, true)
    view.setUint16(12 + at * 12, 4, true)
    view.setUint32(14 + at * 12, 1, true)
    view.setUint32(18 + at * 12, value, true)
  })
  return bytes
}

const smallGif = Buffer.from('R0lGODlhAgABAIAAAP8AAAAAACwAAAAAAgABAAACAgQKADs=', 'base64')

describe('decodeImage', () => {
  it.each(['png', 'jpeg', 'webp', 'avif'] as const)('decodes %s', async (format) => {
    const canvas = createPicture()
    const bytes = encoders[format](canvas)
    expect(detectKind(bytes)).toBe(format)
    const { width, height, channels, data } = await decodeImage(bytes)
    expect([width, height, data.length]).toEqual([40, 20, 40 * 20 * channels])
    expect(Math.abs((data[0] ?? 0) - 200)).toBeLessThan(30)
  })

  it('puts transparent pixels on white', async () => {
    const { data, channels } = await decodeImage(await createPicture().encode('png'))
    expect(channels).toBe(3)
    expect([...data.subarray(39 * 3, 40 * 3)]).toEqual([255, 255, 255])
  })

  it('decodes the first frame of a GIF', async () => {
    const { width, height, data } = await decodeImage(smallGif)
    expect([width, height]).toEqual([2, 1])
    expect(data[0]).toBe(255)
  })

  it('decodes the first page of a TIFF', async () => {
    const { width, height, data } = await decodeImage(createTiff(6, 3))
    expect([width, height]).toEqual([6, 3])
    expect(data[0]).toBe(90)
  })

  it.each([
    ['', /empty/],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
    ['%PDF-1.7', /PDF/],
    ['    ftypheic    ', /HEIC/],
    ['<html></html>', /known format/],
    ['\u0089PNG broken', /cannot be decoded/],
  ])('says why it refuses %j', async (content, reason) => {
    await expect(decodeImage(Buffer.from(content, 'latin1'))).rejects.toThrow(reason)
  })

  it('refuses a picture too large to hold before decoding it', async () => {
    const bytes = await createPicture().encode('png')
    bytes.writeUInt32BE(20_000, 16)
    bytes.writeUInt32BE(20_000, 20)
    await expect(decodeImage(bytes)).rejects.toThrow(/400 megapixels/)
  })

  it('rejects a truncated picture', async () => {
    const bytes = await createPicture(300, 300).encode('jpeg')
    await expect(decodeImage(bytes.subarray(0, 40))).rejects.toThrow(/cannot be decoded/)
  })
})

describe('readDeclaredSize', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('reads the size of %s from its header', async (format) => {
    const bytes =
      format === 'png'
        ? await createPicture(70, 30).encode('png')
        : await createPicture(70, 30).encode(format)
    expect(readDeclaredSize(bytes, format)).toEqual({ width: 70, height: 30 })
  })

  it('gives nothing for a header cut short', () => {
    expect(readDeclaredSize(Buffer.from('\u0089PNG', 'latin1'), 'png')).toBeUndefined()
  })
})
