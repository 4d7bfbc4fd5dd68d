import { Resvg } from '@resvg/resvg-js'
import type { Pixels } from '../../../node/images/pixels.ts'
import { layOnPaper, photograph } from '../../generate/photograph.ts'
import { Rng } from '../../generate/rng.ts'
import { barcode, chart, diagram, geometry } from './drawings.ts'
import { icon, pattern, qrCode } from './packaged.ts'
import { createScriptPrinter } from './scripts.ts'
import { blank, landscape, nearlyBlank, noise, surface } from './textures.ts'

/** A picture without anything to read, and what kind of picture it is. */
export type NegativeCase = { readonly name: string; readonly kind: string; readonly pixels: Pixels }

/** Share of each kind in thousandths. None is drawn by the code that makes training's pictures without a formula. */
const shares: readonly (readonly [kind: string, share: number])[] = [
  ['blank', 70],
  ['nearly blank', 70],
  ['noise', 60],
  ['surface', 80],
  ['landscape', 60],
  ['pattern', 70],
  ['chart', 90],
  ['diagram', 90],
  ['geometry', 70],
  ['code', 70],
  ['icon', 90],
  ['other script', 180],
]

/** `count` pictures without a formula, the same ones for the same seed. */
export function generateNegatives(count: number, seed: number): NegativeCase[] {
  const printScript = createScriptPrinter()
  const rng = new Rng(seed)
  const makers: Readonly<Record<string, (rng: Rng) => Pixels>> = {
    blank,
    'nearly blank': nearlyBlank,
    noise,
    surface,
    landscape,
    pattern: (own) => take(pattern(own), own),
    chart: (own) => take(chart(own), own),
    diagram: (own) => take(diagram(own), own),
    geometry: (own) => take(geometry(own), own),
    code: (own) => take(own.chance(0.65) ? qrCode(own) : barcode(own), own),
    icon: (own) => take(icon(own), own),
    'other script': (own) => take(printScript(own).svg, own),
  }
  return shares.flatMap(([kind, share]) =>
    Array.from({ length: Math.round((count * share) / 1000) }, (_, at) => ({
      name: `${kind} ${at + 1}`,
      kind,
      pixels: makers[kind]?.(rng) ?? blank(rng),
    })),
  )
}

/** Half of the drawings as screens show them, half as a camera sees them. */
function take(svg: string, rng: Rng): Pixels {
  const { pixels, width, height } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  const values = Float32Array.from({ length: width * height }, (_, at) => (pixels[at * 4 + 3] ?? 0) / 255)
  const ink = { values, width, height, figure: 20 }
  return (rng.chance(0.5) ? photograph(ink, undefined, false, rng) : layOnPaper(ink, rng)).pixels
}
