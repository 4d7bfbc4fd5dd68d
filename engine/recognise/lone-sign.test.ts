import { createRequire } from 'node:module'
import path from 'node:path'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pixels } from '../../node/images/pixels.ts'
import { joinCompact } from '../../shared/latex/write.ts'
import { createRecogniser, type Recogniser } from './recogniser.ts'

const require = createRequire(import.meta.url)

function draw(sign: string, face: string, size: number, margin: number): Pixels {
  GlobalFonts.registerFromPath(require.resolve(`katex/dist/fonts/${face}.ttf`), face)
  const side = Math.round(1.6 * size) + 2 * margin
  const context = createCanvas(side, side).getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, side, side)
  context.fillStyle = '#000'
  context.font = `${String(size)}px ${face}`
  context.fillText(sign, margin + 0.4 * size, margin + 1.1 * size)
  const { data } = context.getImageData(0, 0, side, side)
  return { data: new Uint8Array(data), width: side, height: side, channels: 4 }
}

describe('a sign that stands alone', () => {
  let recogniser: Recogniser
  beforeAll(async () => {
    recogniser = await createRecogniser(path.resolve(import.meta.dirname, '../model'))
  })
  afterAll(() => recogniser.close())

  const read = async (pixels: Pixels) => {
    const reading = await recogniser.readImage(pixels)
    return reading.kind === 'read' ? joinCompact(reading.tokens) : reading.kind
  }

  it.each([
    ['÷', '\\div'],
    ['∪', '\\cup'],
    ['∩', '\\cap'],
    ['∀', '\\forall'],
    ['∃', '\\exists'],
    ['±', '\\pm'],
    ['×', '\\times'],
    ['⊥', '\\perp'],
    ['∥', '\\parallel'],
    ['∼', '\\sim'],
    ['≈', '\\approx'],
    ['≡', '\\equiv'],
    ['∨', '\\vee'],
    ['⊕', '\\oplus'],
    ['%', '\\%'],
  ])('is read on a small and on a large picture: %s', async (sign, wanted) => {
    for (const [size, margin] of [
      [34, 12],
      [44, 500],
    ] as const)
      expect(await read(draw(sign, 'KaTeX_Main-Regular', size, margin))).toBe(wanted)
  })

  it.each(['x', 'U', 'v', 'A', '3'])('stays the letter or digit that it is: %s', async (sign) => {
    const face = sign === '3' ? 'KaTeX_Main-Regular' : 'KaTeX_Math-Italic'
    expect(await read(draw(sign, face, 40, 30))).toBe(sign)
  })
})
