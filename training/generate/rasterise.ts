import { Resvg } from '@resvg/resvg-js'
import type { InkImage } from './photograph.ts'

/** The ink, and where in it a point of the SVG's own coordinates lies. */
export type DrawnInk = InkImage & { readonly place: (x: number, y: number) => readonly [number, number] }

/** Draws a MathJax SVG so that figures are about `figureHeight` pixels tall; `undefined` when it would be too large or empty. */
export function rasteriseSvg(svg: string, figureHeight: number, maximumPixels: number): DrawnInk | undefined {
  const box = /viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"/.exec(svg)
  if (!box) return undefined
  const scale = figureHeight / 660
  // Hand-drawn glyphs may leave the box a little.
  const pad = 120
  const [left, top, width, height] = [
    Number(box[1]) - pad,
    Number(box[2]) - pad,
    Number(box[3]) + 2 * pad,
    Number(box[4]) + 2 * pad,
  ]
  const pixelWidth = Math.round(width * scale)
  if (!(pixelWidth >= 4) || pixelWidth * height * scale > maximumPixels) return undefined
  const framed = svg
    .replace(box[0], `viewBox="${left} ${top} ${width} ${height}"`)
    .replace(/ width="[\d.]+ex" height="[\d.]+ex"/, ` width="${width}" height="${height}"`)
    .replaceAll('currentColor', '#000')
  const image = new Resvg(framed, {
    fitTo: { mode: 'width', value: pixelWidth },
    font: { loadSystemFonts: false },
  }).render()
  const { pixels, width: columns, height: rows } = image
  const values = new Float32Array(columns * rows)
  // Transparent background: opacity is the ink.
  for (let at = 0; at < values.length; at += 1) values[at] = (pixels[at * 4 + 3] ?? 0) / 255
  const unit = columns / width
  return {
    values,
    width: columns,
    height: rows,
    figure: 660 * unit,
    place: (x, y) => [(x - left) * unit, (y - top) * unit],
  }
}
