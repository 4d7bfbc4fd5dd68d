import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'

const resolve = createRequire(import.meta.url).resolve

export const FORMULA_LATEX = 'x=6'
export const FORMULA_SIZE = { width: 260, height: 110 }

export type DrawOptions = {
  readonly ink?: string
  /** Nothing for a transparent picture. */
  readonly paper?: string
}

/** RGBA of a formula that reads otherwise when it is turned or mirrored. */
export function drawFormula({ ink = '#000', paper }: DrawOptions = { paper: '#fff' }): Uint8Array {
  for (const name of ['KaTeX_Main-Regular', 'KaTeX_Math-Italic'])
    GlobalFonts.registerFromPath(resolve(`katex/dist/fonts/${name}.ttf`), name)
  const { width, height } = FORMULA_SIZE
  const context = createCanvas(width, height).getContext('2d')
  if (paper !== undefined) {
    context.fillStyle = paper
    context.fillRect(0, 0, width, height)
  }
  context.fillStyle = ink
  for (const [text, font, left] of [
    ['x', 'KaTeX_Math-Italic', 40],
    ['=', 'KaTeX_Main-Regular', 95],
    ['6', 'KaTeX_Main-Regular', 165],
  ] as const) {
    context.font = `64px ${font}`
    context.fillText(text, left, 78)
  }
  return new Uint8Array(context.getImageData(0, 0, width, height).data)
}
