import { createCanvas, GifEncoder, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../shared/protocol-limits.ts'
import { encodeImage } from '../../node/images/encode-image.ts'
import { makeFormats } from '../../testing/node/make-formats.ts'
import { withOrientation } from '../../testing/electron/exif-jpeg.ts'
import { THUMB_HEIGHT, THUMB_WIDTH } from './intake-limits.ts'
import { preparePages, type PreparedImage, type PreparedPage } from './prepare-image.ts'

const prepare = async (bytes: Buffer, name = 'picture') => {
  const pages: PreparedPage[] = []
  for await (const page of preparePages(bytes, name)) pages.push(page)
  return pages
}

const prepareOne = async (bytes: Buffer): Promise<PreparedImage> => {
  const [page] = await prepare(bytes)
  if (!page || !('image' in page)) throw new Error(JSON.stringify(page))
  return page.image
}

const errorOf = async (bytes: Buffer, name?: string) => {
  const [page] = await prepare(bytes, name)
  return page && 'error' in page ? page.error : undefined
}

/** Left half red, right half white or clear. */
function draw(width: number, height: number, isOpaque = true) {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  if (isOpaque) {
    context.fillStyle = 'white'
    context.fillRect(0, 0, width, height)
  }
  context.fillStyle = 'red'
  context.fillRect(0, 0, width / 2, height)
  return canvas
}

async function pixel(bytes: Buffer, x: number, y: number): Promise<number[]> {
  const picture = await loadImage(bytes)
  const context = createCanvas(picture.width, picture.height).getContext('2d')
  context.drawImage(picture, 0, 0)
  return [...context.getImageData(x, y, 1, 1).data]
}

describe('a picture that is all right already', () => {
  it('is kept byte for byte, PNG and JPEG', async () => {
    const png = draw(300, 200).toBuffer('image/png')
    const jpeg = draw(300, 200).toBuffer('image/jpeg')
    expect((await prepareOne(png)).bytes.equals(png)).toBe(true)
    const kept = await prepareOne(jpeg)
    expect(kept.bytes.equals(jpeg)).toBe(true)
    expect(kept).toMatchObject({ mime: 'image/jpeg', width: 300, height: 200 })
  })

  it('gets a thumbnail that fits its place in the list', async () => {
    const { thumb } = await prepareOne(draw(1200, 300).toBuffer('image/png'))
    const { width, height } = await loadImage(thumb)
    expect(width).toBe(THUMB_WIDTH)
    expect(height).toBeLessThanOrEqual(THUMB_HEIGHT)
  })
})

describe('a picture that has to be changed', () => {
  it.each([
    [2, 300, 200, [290, 100]],
    [3, 300, 200, [290, 100]],
    [4, 300, 200, [10, 100]],
    [5, 200, 300, [100, 10]],
    [6, 200, 300, [100, 10]],
    [7, 200, 300, [100, 290]],
    [8, 200, 300, [100, 290]],
  ] as const)('EXIF orientation %i is baked in', async (orientation, width, height, [x, y]) => {
    const image = await prepareOne(withOrientation(draw(300, 200).toBuffer('image/jpeg'), orientation))
    expect(image).toMatchObject({ width, height })
    const [red = 0, green = 255] = await pixel(image.bytes, x, y)
    expect(red).toBeGreaterThan(200)
    expect(green).toBeLessThan(60)
  })

  it('transparency becomes white', async () => {
    const image = await prepareOne(draw(40, 30, false).toBuffer('image/png'))
    expect(await pixel(image.bytes, 35, 15)).toEqual([255, 255, 255, 255])
    expect(await pixel(image.bytes, 5, 15)).toEqual([255, 0, 0, 255])
  })

  it('WebP, AVIF and GIF become PNG with the same picture', async () => {
    const canvas = draw(60, 40)
    for (const bytes of [canvas.toBuffer('image/webp'), canvas.toBuffer('image/avif'), gifOf(60, 40)]) {
      const image = await prepareOne(bytes)
      expect(image).toMatchObject({ mime: 'image/png', width: 60, height: 40 })
      const [red = 0, green = 255] = await pixel(image.bytes, 10, 20)
      expect(red).toBeGreaterThan(200)
      expect(green).toBeLessThan(60)
      expect((await pixel(image.bytes, 50, 20))[1]).toBeGreaterThan(200)
    }
  })

  it('a GIF cut off anywhere is a picture or an error, never a crash', async () => {
    const gif = gifOf(60, 40)
    for (let length = 1; length < gif.length; length += 7) {
      const [page] = await prepare(gif.subarray(0, length))
      expect(page).toBeDefined()
    }
  })

  it('light ink on transparency is put on black, in the copy and in the thumbnail', async () => {
    const canvas = createCanvas(60, 40)
    const context = canvas.getContext('2d')
    context.strokeStyle = '#fff'
    context.lineWidth = 4
    context.strokeRect(10, 10, 40, 20)
    const image = await prepareOne(canvas.toBuffer('image/png'))
    for (const bytes of [image.bytes, image.thumb]) {
      expect(await pixel(bytes, 30, 20)).toEqual([0, 0, 0, 255])
      expect(await pixel(bytes, 10, 20)).toEqual([255, 255, 255, 255])
    }
  })

  it('each format becomes one upright picture a page', async () => {
    for (const { name, bytes, pages } of await makeFormats()) {
      const prepared = await prepare(bytes, name)
      expect([name, prepared.map((page) => ('image' in page ? page.page : page.error))]).toEqual([
        name,
        Array.from({ length: pages }, (_, index) => index + 1),
      ])
    }
  })

  it('the pages before the first asked for are not made again', async () => {
    const file = (await makeFormats()).find(({ pages }) => pages === 3)
    const made: number[] = []
    for await (const { page } of preparePages(file?.bytes ?? Buffer.alloc(0), 'scan.tif', undefined, 2))
      made.push(page)
    expect(made).toEqual([2, 3])
  })

  it('50 megapixels work and what is sent stays under the limit', async () => {
    const image = await prepareOne(await whitePng(8000, 6250))
    expect(image.width * image.height).toBe(50_000_000)
    expect(image.bytes.length).toBeLessThanOrEqual(LIMITS.image.sent)
  })
})

describe('what is no picture for us', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['text', Buffer.from('this is no image'), 'unsupported'],
    [
      'an SVG without a size',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="0"/>'),
      'unreadable',
    ],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'unsupported'],
    [
      'the head of a HEIC photo',
      Buffer.from('000000186674797068656963000000006d696631686569630000', 'hex'),
      'unreadable',
    ],
    ['a cut PNG', draw(300, 200).toBuffer('image/png').subarray(0, 60), 'unreadable'],
    ['a PNG that says it is enormous', hugePng(), 'too_large'],
  ])('%s is an error in plain words', async (_, bytes, reason) => {
    expect(await errorOf(bytes, 'some name')).toMatchObject({ kind: 'image', reason })
  })

  it('the words name the kind', async () => {
    expect(JSON.stringify(await errorOf(Buffer.from('%PDF-1.7\n1 0 obj'), 'a.png'))).toContain('PDF')
    expect(JSON.stringify(await errorOf(Buffer.from('<!doctype html><p>'), 'a.png'))).toContain('web page')
  })
})

/** As a scanner writes a page: one grey channel. */
async function whitePng(width: number, height: number): Promise<Buffer> {
  const data = new Uint8Array(width * height).fill(255)
  return (await encodeImage({ data, width, height, channels: 1 }, { isPhoto: false, maxBytes: 10_000_000 }))
    .bytes
}

function gifOf(width: number, height: number): Buffer {
  const encoder = new GifEncoder(width, height)
  const pixels = draw(width, height).getContext('2d').getImageData(0, 0, width, height).data
  encoder.addFrame(new Uint8Array(pixels), width, height)
  return encoder.finish()
}

function hugePng(): Buffer {
  const png = draw(4, 4).toBuffer('image/png')
  png.writeUInt32BE(60_000, 16)
  png.writeUInt32BE(60_000, 20)
  return png
}
