import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { mapOutline, measureOutline, parseOutline, type Outline } from './outline.ts'

type Command = { type: string; x1?: number; y1?: number; x2?: number; y2?: number; x?: number; y?: number }
type Glyph = {
  index: number
  advanceWidth: number
  getPath: (x: number, y: number, size: number) => { commands: Command[] }
}
type Font = { unitsPerEm: number; charToGlyph: (character: string) => Glyph }
type FontReader = { parse: (bytes: ArrayBuffer) => Font }

const require = createRequire(import.meta.url)
/** The package brings no types. */
const reader = require('opentype.js') as FontReader

/** One character's outline, y downwards with the baseline at 0, and its advance, both in thousandths. */
export type Letter = { readonly outline: Outline; readonly advance: number }

/** The letters of one style of a face; `undefined` for characters that it lacks. */
export type Face = { readonly read: (character: string) => Letter | undefined; readonly height: number }

/** Opens a face of the `@fontsource` family. `height` is the height of its digits, by which faces are matched. */
export function openFace(name: string, style: 'normal' | 'italic' = 'normal'): Face {
  const file = require.resolve(`@fontsource/${name}/files/${name}-latin-400-${style}.woff`)
  const bytes = readFileSync(file)
  const font = reader.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const read = (character: string): Letter | undefined => {
    const glyph = font.charToGlyph(character)
    if (glyph.index === 0) return undefined
    const outline = parseOutline(glyph.getPath(0, 0, 1000).commands.map(writeCommand).join(''))
    return { outline, advance: (glyph.advanceWidth * 1000) / font.unitsPerEm }
  }
  const digit = read('5')
  return { read, height: digit ? -measureOutline(digit.outline).top : 700 }
}

function writeCommand(command: Command): string {
  const numbers = [command.x1, command.y1, command.x2, command.y2, command.x, command.y]
  return command.type + numbers.flatMap((n) => (n === undefined ? [] : [n.toFixed(2)])).join(' ')
}

/** An outline moved and scaled. */
export function placeOutline(outline: Outline, x: number, y: number, sx: number, sy: number): Outline {
  return mapOutline(outline, (point) => ({ x: x + sx * point.x, y: y + sy * point.y }))
}
