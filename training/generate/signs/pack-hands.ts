import { tokenIds } from '../../vocabulary.ts'
import { signStyles } from './math-alphabets.ts'
import { readHands, type Hand } from './written-strokes.ts'

/** Written signs as numbers, the strokes of one after those of another. */
export type PackedHands = {
  /** By sign: writer (0: unknown), token, style, and the longer side in hundredths of the writer's capitals (0: unknown). */
  readonly writers: Uint16Array
  readonly tokens: Uint16Array
  readonly styles: Uint8Array
  readonly sizes: Uint16Array
  /** By sign: points, all strokes together. */
  readonly lengths: Uint8Array
  /** x and y of each point, y upwards, 0…254; x is 255 before a new stroke. */
  readonly points: Uint8Array
}

const alphabets: Readonly<Record<string, string>> = {
  '\\mathcal': 'calligraphic',
  '\\mathbb': 'blackboard',
  '\\mathfrak': 'fraktur',
}
const mostPoints = 120

/** Packs the hands of a data folder that are to train with. */
export function packHands(folder: string): PackedHands {
  const { known, unknown } = readHands(folder, false)
  const rows: number[][] = []
  const points: number[] = []
  const pack = (hand: Hand, writer: number): void => {
    for (const [label, samples] of hand) {
      const [, alphabet, letter] = /^(\\math[a-z]+)\{(.)\}$/.exec(label) ?? []
      const token = tokenIds.get(letter ?? label)
      const style = signStyles.findIndex((name) => name === (alphabets[alphabet ?? ''] ?? 'upright'))
      if (token === undefined || label.length === 0) continue
      for (const { strokes, size } of samples) {
        const numbers = strokes.flatMap((stroke, at) => [
          ...(at > 0 ? [255, 0] : []),
          ...thin(stroke).flatMap(([x, y]) => [Math.round(254 * x), Math.round(254 * y)]),
        ])
        if (numbers.length / 2 > mostPoints) continue
        rows.push([writer, token, style, size === undefined ? 0 : Math.round(100 * size), numbers.length / 2])
        points.push(...numbers)
      }
    }
  }
  known.forEach((hand, at) => {
    pack(hand, at + 1)
  })
  pack(unknown, 0)
  const column = (at: number) => rows.map((row) => row[at] ?? 0)
  return {
    writers: Uint16Array.from(column(0)),
    tokens: Uint16Array.from(column(1)),
    styles: Uint8Array.from(column(2)),
    sizes: Uint16Array.from(column(3)),
    lengths: Uint8Array.from(column(4)),
    points: Uint8Array.from(points),
  }
}

/** Every other point of a smooth stroke is enough for a small picture. */
function thin<T>(points: readonly T[]): T[] {
  return points.filter((_, at) => at % 2 === 0 || at === points.length - 1)
}
