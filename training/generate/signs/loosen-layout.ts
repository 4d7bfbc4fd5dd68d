import { measurePath } from '../outlines.ts'
import type { Rng } from '../rng.ts'
import { applyMatrix, parseTransform } from './matrix.ts'
import { nameAssembly } from './name-assembly.ts'

const moved =
  /(<g data-mml-node="[a-zA-Z]+" transform="translate\()(-?[\d.]+),(-?[\d.]+)\)(?: scale\(([\d.]+)\))?/g

/**
 * Moves the parts of a typeset formula as a hand would: every part drifts with all that it holds, scripts stand higher or lower and are larger
 * or smaller than type has them.
 * @param amount 0 for none, about 1 for a quick hand
 */
export function loosenLayout(svg: string, amount: number, rng: Rng): string {
  const scriptLift = 1 + rng.normal() * 0.22 * amount
  const scriptSize = 1 + Math.abs(rng.normal()) * 0.16 * amount
  return svg.replace(moved, (_whole, begin: string, x: string, y: string, scale: string | undefined) => {
    const isScript = scale !== undefined
    const right = Number(x) + rng.normal() * 28 * amount
    const up = Number(y) * (isScript ? scriptLift : 1) + rng.normal() * (isScript ? 45 : 24) * amount
    const size = isScript ? Number(scale) * scriptSize * (1 + rng.normal() * 0.06 * amount) : 1
    return `${begin}${right.toFixed(0)},${up.toFixed(0)})${isScript ? ` scale(${Math.min(1.05, size).toFixed(3)})` : ''}`
  })
}

const assembled =
  /(<g data-mml-node="mo"(?: transform="[^"]*")?>)((?:<path [^>]*>(?:<\/path>)?|<svg [^>]*>.*?<\/svg>)+)<\/g>/g
const codes: Readonly<Record<string, string>> = {
  '(': '28',
  ')': '29',
  '[': '5B',
  ']': '5D',
  '\\{': '7B',
  '\\}': '7D',
  '|': '7C',
}

/** Makes one sign of each bracket that is built of pieces, as tall as it was, so that a pen draws it in one go. */
export function joinBrackets(svg: string): string {
  return svg.replace(assembled, (whole, open: string, content: string) => {
    const pieces = [...content.matchAll(/<path data-c="([^"]*)" d="([^"]*)"([^>]*)>/g)]
    const hasExtender = content.includes('<svg')
    if (!hasExtender && pieces.length < 2) return whole
    const code =
      codes[
        nameAssembly(
          pieces.map(([, name = '']) => ({ code: name })),
          hasExtender,
        ) ?? ''
      ]
    if (code === undefined) return whole
    let [left, low, right, high] = [Infinity, Infinity, -Infinity, -Infinity]
    const add = (x: number, y: number): void => {
      ;[left, low, right, high] = [Math.min(left, x), Math.min(low, y), Math.max(right, x), Math.max(high, y)]
    }
    for (const [, , d = '', rest = ''] of content
      .replace(/<svg.*?<\/svg>/g, '')
      .matchAll(/<path data-c="([^"]*)" d="([^"]*)"([^>]*)>/g)) {
      const bounds = measurePath(d)
      const matrix = parseTransform(/ transform="([^"]*)"/.exec(rest)?.[1])
      if (!Number.isFinite(bounds.left)) continue
      add(...applyMatrix(matrix, bounds.left, bounds.bottom))
      add(...applyMatrix(matrix, bounds.right, bounds.top))
    }
    for (const [, width = '', height = '', x = '', y = ''] of content.matchAll(
      /<svg width="([^"]*)" height="([^"]*)" (?:x="([^"]*)" y="([^"]*)")/g,
    )) {
      add(Number(x), Number(y))
      add(Number(x) + Number(width), Number(y) + Number(height))
    }
    if (!Number.isFinite(left)) return whole
    const [l, b, r, t] = [left, low, right, high].map((value) => Math.round(value))
    return `${open}<path data-c="${code}" d="M${String(l)} ${String(b)}L${String(r)} ${String(b)}L${String(r)} ${String(t)}L${String(l)} ${String(t)}Z"></path></g>`
  })
}
