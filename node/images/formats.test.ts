import { beforeAll, describe, expect, it } from 'vitest'
import { drawFormula, FORMULA_SIZE } from '../../testing/node/draw-formula.ts'
import { makeFormats, makeTurned, ORIENTATIONS, type FormatFile } from '../../testing/node/make-formats.ts'
import { openImage } from './open-image.ts'
import type { Pixels } from './pixels.ts'

let files: readonly FormatFile[]
beforeAll(async () => {
  files = await makeFormats()
})

const drawn = drawFormula()

/** Share of the ink that is ink in both pictures, over all that is ink in either. */
function compareInk({ data, width, height, channels }: Pixels): number {
  let both = 0
  let either = 0
  for (let y = 0; y < FORMULA_SIZE.height; y += 1) {
    for (let x = 0; x < FORMULA_SIZE.width; x += 1) {
      const at =
        Math.floor((y * height) / FORMULA_SIZE.height) * width + Math.floor((x * width) / FORMULA_SIZE.width)
      const isInk = (data[at * channels] ?? 255) < 128
      const wasInk = (drawn[(y * FORMULA_SIZE.width + x) * 4] ?? 255) < 128
      if (isInk && wasInk) both += 1
      if (isInk || wasInk) either += 1
    }
  }
  return both / either
}

describe('every accepted format', () => {
  it('is decoded to the picture that was written, page by page', async () => {
    for (const { name, bytes, pages } of files) {
      const image = openImage(bytes)
      expect([name, image.pages.length]).toEqual([name, pages])
      for (const page of image.pages) {
        const { pixels } = await page.decode()
        expect([name, compareInk(pixels) > 0.6]).toEqual([name, true])
        expect(pixels.data.length).toBe(pixels.width * pixels.height * pixels.channels)
      }
    }
  })

  it('declares its size before anything is decoded, but for drawings', async () => {
    for (const { name, bytes } of files.filter(({ name }) => !name.startsWith('svg'))) {
      const [page] = openImage(bytes).pages
      expect([name, page?.declared]).toEqual([name, expect.objectContaining(FORMULA_SIZE)])
    }
    await Promise.resolve()
  })

  it.each(['jpg', 'png', 'webp', 'tif'] as const)('is upright in %s, however its rows lie', async (kind) => {
    for (const orientation of ORIENTATIONS) {
      const { name, bytes } = await makeTurned(orientation, kind)
      const [page] = openImage(bytes).pages
      const decoded = await page?.decode()
      expect([name, decoded && compareInk(decoded.pixels) > 0.75]).toEqual([name, true])
      expect([name, decoded?.isAsStored]).toEqual([name, orientation === 1])
    }
  })
})
