import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { findDrawn } from '../../shared/latex/drawn-tokens.ts'
import { joinCompact } from '../../shared/latex/write.ts'
import { decodeImage } from '../../node/images/open-image.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { createRecogniser, type Recogniser } from './recogniser.ts'

const root = path.resolve(import.meta.dirname, '../..')
const decodeSample = (name: string) => decodeImage(readFileSync(path.join(root, 'samples', name)))
const readSample = async (recogniser: Recogniser, name: string, options = {}) =>
  recogniser.readImage(await decodeSample(name), options)
const longFormula = '03-rational-function.jpg'

function standOnHead({ data, width, height, channels }: Pixels): Pixels {
  const turned = new Uint8Array(data.length)
  for (let at = 0; at < data.length; at += channels)
    turned.set(data.subarray(at, at + channels), data.length - channels - at)
  return { data: turned, width, height, channels }
}

/** A black full stop beside the ink, on the line of its last sign. */
function addFullStop(
  pixels: Pixels,
  ink: {
    readonly top_left_x: number
    readonly top_left_y: number
    readonly width: number
    readonly height: number
  },
): Pixels {
  const data = pixels.data.slice()
  const size = Math.round(ink.height / 14)
  const left = ink.top_left_x + ink.width + 2 * size
  const isDark = (x: number, y: number) => (data[(y * pixels.width + x) * pixels.channels] ?? 255) < 128
  let bottom = ink.top_left_y + ink.height - 1
  const last = Array.from({ length: 4 * size }, (_, at) => left - 2 * size - 1 - at)
  while (!last.some((x) => isDark(x, bottom))) bottom -= 1
  for (let y = bottom - size + 1; y <= bottom; y += 1)
    data.fill(
      0,
      (y * pixels.width + left) * pixels.channels,
      (y * pixels.width + left + size) * pixels.channels,
    )
  return { ...pixels, data }
}

describe('the released model', () => {
  let recogniser: Recogniser
  beforeAll(async () => {
    recogniser = await createRecogniser(path.join(root, 'engine/model'))
  })

  it('reads print on a photographed page', async () => {
    const reading = await readSample(recogniser, '03-rational-function.jpg')
    if (reading.kind !== 'read') throw new Error('taken for blank')
    expect(joinCompact(reading.tokens)).toBe('h(x)=\\frac{2 x^{2}-7 x+3}{x-4}')
    expect(reading.isPrinted).toBeGreaterThan(0.5)
    expect(reading.isInverted).toBe(false)
    expect(reading.confidence).toBeGreaterThan(0.5)
    expect(reading.drawn).toHaveLength(findDrawn(reading.tokens).length)
    // Without the spotter's files it would still be read, only token by token.
    expect(reading.evidence?.signs).toBeDefined()
    expect(reading.position.width).toBeGreaterThan(0)
  })

  it('reads light on dark', async () => {
    const reading = await readSample(recogniser, '01-circle-on-dark.jpg')
    if (reading.kind !== 'read') throw new Error('taken for blank')
    expect(joinCompact(reading.tokens)).toBe('x^{2}+y^{2}=9')
    expect(reading.isInverted).toBe(true)
  })

  it('leaves out a full stop behind a formula, and a candidate that differs by it only', async () => {
    const pixels = await decodeSample('04-integral.png')
    const plain = await recogniser.readImage(pixels)
    if (plain.kind !== 'read') throw new Error('taken for blank')
    const stopped = await recogniser.readImage(addFullStop(pixels, plain.position), { n_best: 3 })
    if (stopped.kind !== 'read') throw new Error('taken for blank')
    expect(stopped.position.width).toBeGreaterThan(plain.position.width)
    expect(stopped.tokens).toEqual(plain.tokens)
    expect(stopped.drawn).toHaveLength(findDrawn(stopped.tokens).length)
    expect(new Set(stopped.candidates.map(({ tokens }) => tokens.join(' '))).size).toBe(
      stopped.candidates.length,
    )
  })

  it('gives as many different candidates as asked for, best first', async () => {
    const reading = await readSample(recogniser, '01-circle-on-dark.jpg', { n_best: 3 })
    if (reading.kind !== 'read') throw new Error('taken for blank')
    const texts = reading.candidates.map(({ tokens }) => tokens.join(' '))
    expect(new Set(texts).size).toBe(3)
    expect(texts[0]).toBe(reading.tokens.join(' '))
  })

  describe('a picture that stands on its head', () => {
    it('is read upright, and boxes lie where its ink does', async () => {
      const pixels = await decodeSample(longFormula)
      const upright = await recogniser.readImage(pixels)
      const reading = await recogniser.readImage(standOnHead(pixels))
      if (reading.kind !== 'read' || upright.kind !== 'read') throw new Error('taken for blank')
      expect(upright.rotation.degrees).toBe(0)
      expect(reading.rotation.degrees).toBe(180)
      expect(reading.rotation.confidence).toBeGreaterThan(0.99)
      expect(reading.tokens).toEqual(upright.tokens)
      const { top_left_x: left, width } = upright.position
      expect(Math.abs(reading.position.top_left_x - (pixels.width - left - width))).toBeLessThan(10)
    })

    it('is read as it stands where turning is switched off', async () => {
      const pixels = standOnHead(await decodeSample(longFormula))
      const reading = await recogniser.readImage(pixels, { auto_rotate_confidence_threshold: 1 })
      if (reading.kind === 'read') expect(reading.rotation).toEqual({ degrees: 0, confidence: 0 })
    })
  })

  it('says that white paper is blank', async () => {
    const pixels = { data: new Uint8Array(200 * 80).fill(255), width: 200, height: 80, channels: 1 } as const
    expect(await recogniser.readImage(pixels)).toEqual({
      kind: 'blank',
      isInverted: false,
      imageWidth: 200,
      imageHeight: 80,
    })
  })
})

describe('createRecogniser', () => {
  it('rejects when the model is missing', async () => {
    await expect(createRecogniser(path.join(root, 'engine/no-such-model'))).rejects.toThrow()
  })
})
