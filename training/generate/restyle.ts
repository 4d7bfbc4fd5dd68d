import type { Rng } from './rng.ts'
import { isBold, plainCharacter } from './alphabets.ts'
import { measurePath, type Bounds, type Outline, type OutlineFace } from './outlines.ts'
import { penSigns } from './pen-signs.ts'
import { drawStroke, type Stroke } from './pen-strokes.ts'

export type Restyling = {
  readonly face?: OutlineFace
  /** Hand-made irregularity: 0 for print, about 1 for a quick hand. */
  readonly wobble: number
  /** Extra stroke width around every outline, in 1/1000 em. */
  readonly boldness: number
  readonly usesPen: boolean
  /** Slant of the hand in degrees. */
  readonly slant?: number
  /** Signs, figures and letters that are drawn with a pen of one width, each always the same way. */
  readonly penLetters?: ReadonlyMap<string, readonly Stroke[]>
  /** Strokes of a real hand for a sign, already in its place; `undefined` for one that the hand lacks. */
  readonly writer?: (code: string, place: Bounds, rng: Rng) => readonly Stroke[] | undefined
}

/** Stroke width that makes a regular letter a bold one, in 1/1000 em. */
const extraBold = 55

const glyphPattern = /<path data-c="([0-9A-F]+)" d="([^"]*)"([^>]*?)(?:\/>|><\/path>)/g

/** Redraws a MathJax SVG in another hand: letters from `face`, signs as pen strokes, each a little different. */
export function restyleSvg(svg: string, style: Restyling, rng: Rng): string {
  let output = svg.replace('stroke-width="0"', `stroke-width="${style.boldness}" stroke-linejoin="round"`)
  if (style.face || style.wobble > 0) {
    output = output.replace(glyphPattern, (whole, code: string, d: string, rest: string) => {
      const old = measurePath(d)
      if (!Number.isFinite(old.left) || old.right <= old.left) return whole
      const mark = ` data-c="${code}" data-x="${(old.left + old.right) / 2}" data-y="${(old.bottom + old.top) / 2}"`
      const move = jitter(rng, style.wobble, old, style.slant ?? 0)
      const written = style.writer?.(code, old, rng)
      if (written) return `<g${mark}${rest}>${writtenPath(written, style.boldness, move)}</g>`
      const character = plainCharacter(code)?.character ?? ''
      const letter = style.penLetters?.get(character)
      // What a face of one weight cannot show.
      const isOwnSign = style.face?.findSign?.(toCharacter(code)) !== undefined
      const bolder = style.face && isBold(code) && !isOwnSign ? extraBold : 0
      const pen = letter ?? (style.usesPen ? (penSigns[code] ?? penSigns[plainCode(code)]) : undefined)
      if (pen && style.face)
        return `<g${mark}${rest}>${penPath(pen, old, { ...style, boldness: style.boldness + bolder }, rng, move, letter !== undefined)}</g>`
      const drawn = style.face ? swapOutline(code, old, style.face) : undefined
      if (!drawn) return `<g${mark}${rest}><path d="${d}" transform="${move}"/></g>`
      const pressure = style.wobble > 0 ? rng.between(0.75, 1.25) : 1
      const boldness = Math.round(style.boldness * pressure + bolder)
      const uneven = boldness === style.boldness ? '' : ` stroke-width="${boldness}"`
      return `<g${mark}${rest}><path d="${drawn.d}" transform="${move} ${drawn.transform}"${uneven}/></g>`
    })
  }
  if (style.wobble > 0) {
    output = output.replace(/<rect ([^>]*?)(?:\/>|><\/rect>)/g, (_whole, attributes: string) => {
      const angle = rng.normal() * 0.8 * style.wobble
      const place = (name: string) => Number(new RegExp(`\\b${name}="([-\\d.]+)"`).exec(attributes)?.[1] ?? 0)
      const centre = `${place('x') + place('width') / 2},${place('y') + place('height') / 2}`
      return `<rect ${attributes} transform="rotate(${angle.toFixed(2)},${centre})"/>`
    })
  }
  return output
}

const toCharacter = (code: string) => String.fromCodePoint(Number.parseInt(code, 16))

function jitter(rng: Rng, wobble: number, box: Bounds, slant: number): string {
  if (wobble === 0) return ''
  const centreX = (box.left + box.right) / 2
  const centreY = (box.bottom + box.top) / 2
  const isBig = box.top - box.bottom > 1300
  const amount = isBig ? wobble * 0.4 : wobble
  const turn = (rng.normal() * 3.2 * amount).toFixed(2)
  const wide = (1 + rng.normal() * 0.06 * amount).toFixed(3)
  const high = (1 + rng.normal() * 0.06 * amount).toFixed(3)
  const right = Math.round(rng.normal() * 16 * amount + centreX)
  const up = Math.round(rng.normal() * 22 * amount + centreY)
  return `translate(${right},${up}) rotate(${turn}) skewX(${isBig ? 0 : slant.toFixed(1)}) scale(${wide},${high}) translate(${Math.round(-centreX)},${Math.round(-centreY)})`
}

function penPath(
  strokes: readonly Stroke[],
  box: Bounds,
  style: Restyling,
  rng: Rng,
  move: string,
  isLetter: boolean,
): string {
  const width = box.right - box.left
  const height = box.top - box.bottom
  const weight = (style.face?.weight ?? 60) * 0.9 + style.boldness
  const loose = 0.05 * style.wobble
  const paths = strokes.map((stroke) => {
    const points = stroke.map(
      ([x, y]) =>
        [
          box.left + weight * 0.3 + x * (width - weight * 0.6) + rng.normal() * loose * Math.min(width, 500),
          box.bottom +
            weight * 0.3 +
            y * (height - weight * 0.6) +
            rng.normal() * loose * Math.min(height, 500) * 0.8,
        ] as const,
    )
    return drawStroke(points, stroke.length > (isLetter ? 2 : 4))
  })
  return `<path d="${paths.join('')}" transform="${move}" fill="none" stroke-width="${Math.round(weight)}" stroke-linecap="round"/>`
}

/** Strokes as they were written, with a pen of one width. */
function writtenPath(strokes: readonly Stroke[], penWidth: number, move: string): string {
  const d = strokes
    .map((stroke) => drawStroke(stroke.length > 1 ? stroke : [...stroke, ...stroke], false))
    .join('')
  return `<path d="${d}" transform="${move}" fill="none" stroke-width="${String(Math.round(penWidth))}" stroke-linecap="round"/>`
}

function plainCode(code: string): string {
  const plain = plainCharacter(code)
  return plain ? (plain.character.codePointAt(0)?.toString(16).toUpperCase() ?? code) : code
}

const fitted = new Set([...'()[]{}|/+−=<>≤≥≠≈∞'])

function swapOutline(
  code: string,
  old: Bounds,
  face: OutlineFace,
): { d: string; transform: string } | undefined {
  const sign = face.findSign?.(toCharacter(code))
  if (sign) return placeSign(sign, old)
  const plain = plainCharacter(code)
  if (!plain) return undefined
  const found =
    face.find(plain.character, plain.isItalic) ??
    (plain.character === '−' ? face.find('–', false) : undefined)
  if (!found || isOtherPhi(plain.character, found)) return undefined
  const { bounds } = found
  const width = bounds.right - bounds.left
  const height = bounds.top - bounds.bottom
  const oldWidth = old.right - old.left
  const oldHeight = old.top - old.bottom
  // Stretchy signs fill the place of the old one; letters keep their own proportions and stand on the base line.
  const isFitted = fitted.has(plain.character)
  if (isFitted && oldHeight > 1.6 * height && !'()[]{}|/'.includes(plain.character)) return undefined
  const scaleX = isFitted
    ? Math.min(1.3, Math.max(0.5, oldWidth / width))
    : Math.min(1, (1.22 * oldWidth + 50) / width)
  const scaleY =
    isFitted && '()[]{}|/'.includes(plain.character)
      ? oldHeight / height
      : isFitted
        ? Math.min(1.15, scaleX)
        : 1
  const right = (old.left + old.right) / 2 - ((bounds.left + bounds.right) / 2) * scaleX
  const isCentred = isFitted || plain.character === '·'
  const up = isCentred ? (old.bottom + old.top) / 2 - ((bounds.bottom + bounds.top) / 2) * scaleY : 0
  return {
    d: found.d,
    transform: `translate(${Math.round(right)},${Math.round(up)}) scale(${scaleX.toFixed(3)},${scaleY.toFixed(3)})`,
  }
}

/** Some faces draw the phi of `\varphi` with a stroke through a ring, two holes, which is how `\phi` looks. */
function isOtherPhi(character: string, { d }: Outline): boolean {
  return character === 'φ' && d.split('Z').length > 3
}

/** A sign of a math face in the place of the same sign of another: as it is, or grown where the old one is a larger variant. */
function placeSign({ d, bounds }: Outline, old: Bounds): { d: string; transform: string } {
  const width = bounds.right - bounds.left
  const height = bounds.top - bounds.bottom
  const oldHeight = old.top - old.bottom
  const ratio = oldHeight / Math.max(1, height)
  const isVariant = ratio > 1.3 || ratio < 0.7
  const scaleY = isVariant && height > 120 ? ratio : 1
  const widest = (1.22 * (old.right - old.left) + 50) / width
  const scaleX = Math.min(isVariant && scaleY > 1 ? Math.sqrt(scaleY) : 1, widest)
  const right = (old.left + old.right) / 2 - ((bounds.left + bounds.right) / 2) * scaleX
  const up = isVariant ? (old.bottom + old.top) / 2 - ((bounds.bottom + bounds.top) / 2) * scaleY : 0
  return {
    d,
    transform: `translate(${Math.round(right)},${Math.round(up)}) scale(${scaleX.toFixed(3)},${scaleY.toFixed(3)})`,
  }
}
