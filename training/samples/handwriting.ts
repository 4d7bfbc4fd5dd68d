import { openFace, placeOutline, type Face } from './face.ts'
import type { Piece } from './layout.ts'
import { mapOutline, measureOutline, writeOutline, type Box, type Outline, type Point } from './outline.ts'
import type { Random } from './random.ts'
import { readStrokes } from './strokes.ts'

/** How one person writes, in thousandths of the font size. */
export type Hand = {
  readonly face: string
  /** Thickness of the pen. */
  readonly pen: number
  /** Thickness of the strokes inside the face's letters; thickened to the pen's. */
  readonly letterPen: number
  /** Width of letters against the face's own. */
  readonly stretch: number
  /** Width of the whole against a typesetter's spacing. */
  readonly spacing?: number
  /** Unsteadiness: 1 is an ordinary careful hand. */
  readonly jitter: number
  /** Height of the digits against a typeface's. */
  readonly size: number
}

/** Ink of a pen as SVG shapes: letters bent anew each time they are written, signs drawn stroke by stroke. */
export function drawHandwriting(pieces: readonly Piece[], hand: Hand, random: Random): string {
  const face = openFace(hand.face)
  const drift = { phase: random.between(0, 6), length: random.between(2500, 4500) }
  return pieces
    .map((piece) => narrow(piece, hand.spacing ?? 1))
    .map((piece) => {
      const middle = (piece.box.left + piece.box.right) / 2
      const lift = 22 * hand.jitter * Math.sin(drift.phase + (2 * Math.PI * middle) / drift.length)
      return piece.kind === 'run'
        ? writeRun(piece, face, hand, lift, random)
        : drawSign(piece, hand, lift, random)
    })
    .join('')
}

/** Moves a piece to where it stands when the line is written closer. */
function narrow(piece: Piece, spacing: number): Piece {
  return { ...piece, box: { ...piece.box, left: piece.box.left * spacing, right: piece.box.right * spacing } }
}

function writeRun(piece: Piece, face: Face, hand: Hand, lift: number, random: Random): string {
  const scale = (piece.scale * hand.size * 670) / face.height
  let at = 0
  const letters = Array.from(piece.text).map((character) => {
    const letter = face.read(character)
    if (!letter) throw new Error(`${hand.face} lacks ${character}`)
    const placed = placeOutline(letter.outline, at, 0, scale * hand.stretch, scale)
    at += letter.advance * scale * hand.stretch + random.normal(14 * hand.jitter)
    return placed
  })
  const own = measureOutline(letters.flat())
  const x = (piece.box.left + piece.box.right - own.left - own.right) / 2
  const y = piece.baseline + lift + random.normal(8 * hand.jitter)
  const width = Math.max(0, hand.pen - hand.letterPen * scale)
  return letters
    .map((letter) => {
      const data = writeOutline(unsteady(placeOutline(letter, x, y, 1, 1), piece.scale, hand, random))
      return `<path d="${data}" stroke="#000" stroke-width="${width.toFixed(1)}" stroke-linejoin="round"/>`
    })
    .join('')
}

/** Turns, stretches and bends a letter a little, differently each time. */
function unsteady(letter: Outline, scale: number, hand: Hand, random: Random): Outline {
  const box = measureOutline(letter)
  const [cx, cy] = [(box.left + box.right) / 2, box.bottom]
  const turn = random.normal(0.03 * hand.jitter)
  const [sx, sy] = [1 + random.normal(0.035 * hand.jitter), 1 + random.normal(0.035 * hand.jitter)]
  const bend = 11 * hand.jitter * scale
  const [a, b, c] = [random.between(0, 6.3), random.between(0, 6.3), random.between(0.006, 0.011)]
  return mapOutline(letter, (point) => {
    const [x, y] = [(point.x - cx) * sx, (point.y - cy) * sy]
    return {
      x: cx + x - turn * y + bend * Math.sin((c * y) / scale + a),
      y: cy + y + turn * x + bend * Math.sin((c * x) / scale + b),
    }
  })
}

function drawSign(piece: Piece, hand: Hand, lift: number, random: Random): string {
  const sign = piece.kind === 'rule' || piece.kind === 'surd' ? piece.kind : piece.text
  const strokes = readStrokes(sign)
  if (!strokes) throw new Error(`No strokes for ${sign}`)
  const box = shakeBox(piece, lift, hand, random)
  return strokes
    .map((stroke) =>
      drawStroke(
        stroke.map((point) => fit(point, box)),
        hand,
        random,
      ),
    )
    .join('')
}

function shakeBox({ box, kind, scale }: Piece, drift: number, hand: Hand, random: Random): Box {
  const isSign = kind === 'sign'
  const lift = isSign ? drift : 0
  const shake = (amount: number): number => random.normal(amount * scale * hand.jitter)
  const tilt = shake(14)
  // Typeset signs are wider than people draw them, and letters of a hand need the room.
  const trim = isSign ? 0.08 * (box.right - box.left) : 0
  return {
    left: box.left + trim + shake(14),
    right: box.right - trim + shake(18),
    top: box.top + lift + tilt + shake(8),
    bottom: box.bottom + lift + tilt + shake(8),
  }
}

function fit(point: Point, box: Box): Point {
  return { x: box.left + point.x * (box.right - box.left), y: box.top + point.y * (box.bottom - box.top) }
}

/** A line that tilts, wavers and changes its pressure slightly from start to end. */
function drawStroke(points: readonly Point[], hand: Hand, random: Random): string {
  const [a, b] = [random.between(0, 6.3), random.between(0, 6.3)]
  const tilt = random.normal(0.012 * hand.jitter)
  const first = points[0]
  if (!first) return ''
  const wave = (phase: number, i: number): number => 5 * hand.jitter * Math.sin(phase + i * 0.22)
  const shaken = points.map((point, i) => ({
    x: point.x + wave(a, i) - tilt * (point.y - first.y),
    y: point.y + wave(b, i) + tilt * (point.x - first.x),
  }))
  let shapes = ''
  for (let i = 0; i + 1 < shaken.length; i++) {
    const [from, to] = [shaken[i], shaken[i + 1]]
    if (!from || !to) continue
    const pressure = hand.pen * (0.96 + 0.1 * Math.sin(a + i * 0.15) - 0.12 * (i / shaken.length))
    shapes += `<line x1="${from.x.toFixed(1)}" y1="${from.y.toFixed(1)}" x2="${to.x.toFixed(1)}" y2="${to.y.toFixed(1)}" stroke="#000" stroke-linecap="round" stroke-width="${pressure.toFixed(1)}"/>`
  }
  return shapes
}
