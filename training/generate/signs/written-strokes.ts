import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Point, Stroke } from '../pen-strokes.ts'

/** A sign that a person wrote: strokes in a box whose longer side is 1, y upwards, and that side in heights of the writer's capitals where it is known. */
export type WrittenSign = { readonly strokes: readonly Stroke[]; readonly size: number | undefined }
/** Signs by label. */
export type Hand = ReadonlyMap<string, readonly WrittenSign[]>
/** Hands of known writers, and one of all signs whose writers are unknown. */
export type Hands = { readonly known: readonly Hand[]; readonly unknown: Hand }

type Line = {
  readonly l: string
  readonly s: string
  readonly w: string
  readonly p: readonly (readonly number[])[]
  readonly z?: number
}

/** The tenth of the writers that is for evaluation only, whatever is trained. */
export function isKeptBack(writer: string): boolean {
  let hash = 2166136261
  for (const character of writer) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0
  return (hash ^ (hash >>> 15)) % 10 === 0
}

/**
 * Reads `symbols.jsonl.xz` of a folder; needs the program `xz`.
 * @param keptBack the hands that are for evaluation instead of those to train with. Signs of unknown writers are divided one by one.
 */
export function readHands(folder: string, keptBack: boolean): Hands {
  const file = path.join(folder, 'symbols.jsonl.xz')
  const unpacked = spawnSync('xz', ['-dc', file], { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (unpacked.status !== 0) throw new Error(`${file} cannot be unpacked: ${unpacked.stderr}`)
  return sortHands(unpacked.stdout, keptBack)
}

/** The same from the lines of the file. */
export function sortHands(lines: string, keptBack: boolean): Hands {
  const known = new Map<string, Map<string, WrittenSign[]>>()
  const unknown = new Map<string, WrittenSign[]>()
  lines.split('\n').forEach((text, at) => {
    if (text === '') return
    const { l, s, w, p, z } = JSON.parse(text) as Line
    if (isKeptBack(w === '' ? `${s} ${String(at)}` : w) !== keptBack) return
    const hand = w === '' ? unknown : (known.get(w) ?? new Map<string, WrittenSign[]>())
    if (w !== '') known.set(w, hand)
    const label = plainLabel(l)
    const sign = {
      strokes: p.map((stroke) => smooth(toUnit(stroke))),
      size: z === undefined ? undefined : z / 100,
    }
    const signs = hand.get(label)
    if (signs) signs.push(sign)
    else hand.set(label, [sign])
  })
  return { known: [...known.values()], unknown }
}

const spelled: Readonly<Record<string, string>> = {
  '\\sqrt{}': '\\sqrt',
  '\\ast': '*',
  '\\longrightarrow': '\\rightarrow',
  '\\mid': '|',
  '\\setminus': '\\backslash',
  '\\varnothing': '\\emptyset',
  '\\parallel': '\\|',
  '\\dots': '\\ldots',
  '\\textless': '<',
  '\\textgreater': '>',
}

/** A label without the package that has it, spelled as the vocabulary does. */
function plainLabel(label: string): string {
  const name = label
    .replace(/@\w+$/, '')
    .replace(/^\\math(?:ds|bb)\{/, '\\mathbb{')
    .replace(/^\\mathscr\{/, '\\mathcal{')
  return spelled[name] ?? name
}

function toUnit(numbers: readonly number[]): Point[] {
  return Array.from({ length: numbers.length / 2 }, (_, at): Point => [
    (numbers[2 * at] ?? 0) / 255,
    1 - (numbers[2 * at + 1] ?? 0) / 255,
  ])
}

const step = 0.045

/** Points at even distances along the stroke, each moved to the mean of its neighbourhood: takes the stairs of coarse tablets away. */
function smooth(points: readonly Point[]): Stroke {
  const even: Point[] = []
  let left = 0
  points.forEach((point, at) => {
    const before = points[at - 1]
    if (!before) {
      even.push(point)
      return
    }
    const length = Math.hypot(point[0] - before[0], point[1] - before[1])
    for (let along = step - left; along < length; along += step) {
      const share = along / length
      even.push([before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])])
    }
    left = (left + length) % step
  })
  const last = points.at(-1)
  if (last && points.length > 1) even.push(last)
  return even.map((point, at) => {
    const [before, after] = [even[at - 1], even[at + 1]]
    if (!before || !after) return point
    return [(before[0] + 2 * point[0] + after[0]) / 4, (before[1] + 2 * point[1] + after[1]) / 4]
  })
}
