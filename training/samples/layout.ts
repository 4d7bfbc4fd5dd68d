import { mapOutline, measureOutline, parseOutline, type Box, type Outline, type Point } from './outline.ts'

/**
 * What stands where in a typeset formula, in thousandths of the font size, y downwards.
 * - `run`: letters and digits that belong together (a number, a name, a word), in reading order;
 * - `sign`: one operator, relation or bracket of ordinary size, or a large operator;
 * - `fence`: a bracket grown to its content;
 * - `surd`: the hook of a root, whose line is a `rule`.
 */
export type Piece = {
  readonly kind: 'run' | 'sign' | 'fence' | 'surd' | 'rule'
  readonly text: string
  readonly isItalic: boolean
  /** Size against the main text: about 0.7 in an index. */
  readonly scale: number
  readonly baseline: number
  readonly box: Box
  readonly outline: Outline
}

type Place = { readonly x: number; readonly y: number; readonly sx: number; readonly sy: number }
type Part = { readonly code: number; readonly outline: Outline; readonly place: Place }
type Level = {
  readonly tag: string
  readonly node: string
  readonly place: Place
  readonly clip: Box | undefined
  readonly parts: Part[]
}

/** Reads the SVG markup that MathJax writes without a font cache: nested groups of paths and rules. */
export function readLayout(markup: string): Piece[] {
  const pieces: Piece[] = []
  const levels: Level[] = [
    { tag: '', node: '', place: { x: 0, y: 0, sx: 1, sy: 1 }, clip: undefined, parts: [] },
  ]
  for (const [, closing, tag = '', attributes = '', selfClosing] of markup.matchAll(
    /<(\/?)([a-z]+)([^>]*?)(\/?)>/g,
  )) {
    const level = levels.at(-1)
    if (!level) throw new Error('Markup closes more than it opens')
    if (closing) {
      if (tag === 'g' || tag === 'svg') {
        levels.pop()
        const parent = levels.at(-1)
        if (tag === 'svg') parent?.parts.push(...level.parts)
        else if (level.parts.length > 0) pieces.push(describe(level, parent))
      }
      continue
    }
    const place = move(level.place, attributes)
    if (tag === 'path') addPath(level, place, attributes)
    else if (tag === 'rect') pieces.push(readRule(place, attributes))
    else if (!selfClosing && tag === 'svg' && levels.length > 1) levels.push(openView(level, attributes))
    else if (!selfClosing && (tag === 'g' || tag === 'svg'))
      levels.push({ tag, node: readText(attributes, 'data-mml-node'), place, clip: level.clip, parts: [] })
  }
  return pieces
}

function addPath(level: Level, place: Place, attributes: string): void {
  const data = readText(attributes, 'd')
  if (data === '') return
  const { clip } = level
  const outline = mapOutline(parseOutline(data), (point) => {
    const { x, y } = put(place, point)
    // The pieces that lengthen a bracket overhang their window; they are straight there, so a clamp cuts them.
    return clip ? { x, y: Math.min(clip.bottom, Math.max(clip.top, y)) } : { x, y }
  })
  level.parts.push({ code: parseInt(readText(attributes, 'data-c') || '0', 16), outline, place })
}

function describe(level: Level, parent: Level | undefined): Piece {
  const outline = level.parts.flatMap((part) => part.outline)
  const box = measureOutline(outline)
  const first = level.parts[0]
  const letters = level.parts.map((part) => readCharacter(part.code))
  const scale = Math.abs(level.place.sx)
  const isWord = letters.every(({ text }) => /^[A-Za-z0-9.,]$/.test(text))
  const bracket = fenceParts[letters[0]?.text ?? ''] ?? letters[0]?.text ?? ''
  const isTall = box.bottom - box.top > 1150 * scale && '()[]{}|'.includes(bracket)
  const kind = parent?.node === 'msqrt' ? 'surd' : isWord ? 'run' : isTall ? 'fence' : 'sign'
  return {
    kind,
    text: kind === 'run' ? letters.map(({ text }) => text).join('') : bracket,
    isItalic: letters[0]?.isItalic ?? false,
    scale,
    baseline: first?.place.y ?? 0,
    box,
    outline,
  }
}

/** The parts that a tall bracket is put together from, named after the bracket. */
const fenceParts: Record<string, string> = Object.fromEntries(
  [
    ['(', '⎛⎝⎜'],
    [')', '⎞⎠⎟'],
    ['[', '⎡⎣⎢'],
    [']', '⎤⎦⎥'],
    ['{', '⎧⎨⎩⎪'],
    ['}', '⎫⎬⎭'],
    ['|', '∣⏐'],
  ].flatMap(([bracket = '', parts = '']) => Array.from(parts).map((part) => [part, bracket])),
)

/** Mathematical italic letters have code points of their own, with the hole that Planck's constant fills. */
function readCharacter(code: number): { text: string; isItalic: boolean } {
  if (code === 0x210e) return { text: 'h', isItalic: true }
  if (code >= 0x1d434 && code <= 0x1d44d)
    return { text: String.fromCharCode(65 + code - 0x1d434), isItalic: true }
  if (code >= 0x1d44e && code <= 0x1d467)
    return { text: String.fromCharCode(97 + code - 0x1d44e), isItalic: true }
  return { text: String.fromCodePoint(code), isItalic: false }
}

function readRule(place: Place, attributes: string): Piece {
  const [x, y] = [readNumber(attributes, 'x'), readNumber(attributes, 'y')]
  const [width, height] = [readNumber(attributes, 'width'), readNumber(attributes, 'height')]
  const corners = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]
  const outline = [corners.map((corner) => put(place, corner))]
  return {
    kind: 'rule',
    text: '',
    isItalic: false,
    scale: place.sx,
    baseline: place.y,
    box: measureOutline(outline),
    outline,
  }
}

function openView(level: Level, attributes: string): Level {
  const [left = 0, top = 0, width = 0, height = 0] = readText(attributes, 'viewBox').split(' ').map(Number)
  const [x, y] = [readNumber(attributes, 'x'), readNumber(attributes, 'y')]
  const corner = put(level.place, { x: x - left, y: y - top })
  const place = { ...level.place, x: corner.x, y: corner.y }
  const clip = measureOutline([
    [put(place, { x: left, y: top }), put(place, { x: left + width, y: top + height })],
  ])
  return { tag: 'svg', node: '', place, clip, parts: [] }
}

function move(place: Place, attributes: string): Place {
  let { x, y, sx, sy } = place
  for (const [, name, list = ''] of readText(attributes, 'transform').matchAll(
    /(translate|scale)\(([^)]*)\)/g,
  )) {
    const [a = 0, b] = list.split(/[ ,]+/).map(Number)
    if (name === 'translate') [x, y] = [x + a * sx, y + (b ?? 0) * sy]
    else [sx, sy] = [sx * a, sy * (b ?? a)]
  }
  return { x, y, sx, sy }
}

function put(place: Place, point: Point): Point {
  return { x: place.x + place.sx * point.x, y: place.y + place.sy * point.y }
}

function readText(attributes: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
}

function readNumber(attributes: string, name: string): number {
  return Number(readText(attributes, name) || '0')
}
