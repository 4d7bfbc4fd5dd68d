import { describe, expect, it } from 'vitest'
import { tooManyPixels } from '../node/images/image-error.ts'
import { processImage, type ImageReader } from './process-image.ts'
import type { ReadOptions } from './reading.ts'
import { createFixtureReading } from '../testing/engine/fixture-reading.ts'

const asked: ReadOptions[] = []
const createReader = (width: number, height: number): ImageReader => ({
  decodeImage: () => Promise.resolve({ data: new Uint8Array(), width, height, channels: 1 }),
  readImage: (_pixels, options) => {
    asked.push(options)
    return Promise.resolve(createFixtureReading('x^2'))
  },
})
const bytes = Buffer.from('image')

describe('processImage', () => {
  it('hands the options on as they came, and says whether words are wanted', async () => {
    const region = { top_left_x: 1, top_left_y: 2, width: 9, height: 8 }
    const options = { region, beam_size: 3, formats: ['latex_styled'] }
    const result = await processImage(bytes, options, createReader(10, 10))
    expect(result).toMatchObject({ version: 'formulift-1', latex_styled: 'x ^ { 2 }' })
    expect(asked.at(-1)).toEqual({ ...options, wantsWords: false })
  })

  it('says image_decode_error for what the decoder rejects or finds empty', async () => {
    const broken = { ...createReader(1, 1), decodeImage: () => Promise.reject(new Error('no image')) }
    expect((await processImage(bytes, {}, broken)).error_info).toEqual({
      id: 'image_decode_error',
      message: 'no image',
    })
    expect((await processImage(bytes, {}, createReader(0, 5))).error_info?.id).toBe('image_decode_error')
  })

  it('says how many pages the file has where it read the first of several', async () => {
    const reader = createReader(5, 5)
    const decodeImage = async (pages: number) => ({ ...(await reader.decodeImage(bytes)), pages })
    const read = (pages: number) =>
      processImage(bytes, {}, { ...reader, decodeImage: () => decodeImage(pages) })
    expect(await read(3)).toHaveProperty('num_pages', 3)
    expect(await read(1)).not.toHaveProperty('num_pages')
  })

  it('refuses a region that leaves the image by one pixel', async () => {
    const region = { top_left_x: 1, top_left_y: 0, width: 10, height: 10 }
    const result = await processImage(bytes, { region }, createReader(10, 10))
    expect(result.error_info).toMatchObject({ id: 'opts_value_out_of_range', name: 'region', value: region })
  })

  it('says image_max_size for more pixels than are decoded', async () => {
    const tooLarge = {
      ...createReader(1, 1),
      decodeImage: () => Promise.reject(tooManyPixels(20_000, 20_000)),
    }
    expect((await processImage(bytes, {}, tooLarge)).error_info).toEqual({
      id: 'image_max_size',
      message: 'The image is too large: it has 400 megapixels, more than can be read.',
    })
  })

  it('lets a fault inside of recognition through, for the pool to see', async () => {
    const faulty = { ...createReader(5, 5), readImage: () => Promise.reject(new Error('no model')) }
    await expect(processImage(bytes, {}, faulty)).rejects.toThrow('no model')
  })
})
