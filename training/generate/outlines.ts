import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import opentype, { type Font } from 'opentype.js'

export type Bounds = { left: number; bottom: number; right: number; top: number }

/** Outline of one character in units of 1/1000 em, y upwards, with its box. */
export type Outline = { readonly d: string; readonly bounds: Bounds }

/** A face whose letters can stand in for the math font's. */
export type OutlineFace = {
  readonly name: string
  /** Width of its strokes, in the same units. */
  readonly weight: number
  find: (character: string, isItalic: boolean) => Outline | undefined
  /** The sign at a code point exactly, for faces that hold the mathematical alphabets and signs. */
  findSign?: (character: string) => Outline | undefined
}

const require = createRequire(import.meta.url)
// Heights of x and of figures in MathJax's fonts, which the faces are scaled to.
const mathXHeight = 445
const mathFigureHeight = 655

/** Loads a face of `@fontsource` from its `.woff` files. */
export function loadOutlineFace(name: string, weightName = '400'): OutlineFace {
  const folder = path.join(path.dirname(require.resolve(`@fontsource/${name}/package.json`)), 'files')
  const open = (subset: string, style: string) =>
    openFont(path.join(folder, `${name}-${subset}-${weightName}-${style}.woff`))
  const upright = [open('latin', 'normal'), open('greek', 'normal'), open('latin-ext', 'normal')].filter(
    (font) => font !== undefined,
  )
  const italic = [open('latin', 'italic'), open('greek', 'italic')].filter((font) => font !== undefined)
  return createFace(name, upright, italic)
}

function openFont(file: string): Font | undefined {
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

function createFace(name: string, upright: readonly Font[], italic: readonly Font[]): OutlineFace {
  const cache = new Map<string, Outline | undefined>()
  const scale = measureScale(upright)
  const find = (character: string, isItalic: boolean): Outline | undefined => {
    const key = `${character}${isItalic ? 'i' : ''}`
    if (!cache.has(key))
      cache.set(key, readOutline(isItalic && italic.length > 0 ? italic : upright, character, scale))
    return cache.get(key)
  }
  const dash = find('-', false)?.bounds
  const weight = dash ? Math.min(110, Math.max(35, dash.top - dash.bottom)) : 60
  return { name, weight, find }
}

/** A face with all mathematical signs. */
export function loadMathFace(name: string): OutlineFace {
  return withSigns(loadOutlineFace(name))
}

/** A face with all mathematical signs from a file of its own; `undefined` where there is none. */
export function loadMathFile(file: string, without = ''): OutlineFace | undefined {
  const font = openFont(file)
  if (!font) return undefined
  const face = createFace(path.basename(file, path.extname(file)), [font], [])
  return withSigns({
    ...face,
    find: (character, isItalic) => (without.includes(character) ? undefined : face.find(character, isItalic)),
  })
}

function withSigns(face: OutlineFace): OutlineFace {
  return { ...face, findSign: (character) => face.find(character, false) }
}

/** Letters, figures and Greek of a book face with the signs of a math face. */
export function loadBookFace(name: string, signs: OutlineFace): OutlineFace {
  const isLetter = /^[\p{L}\p{N}]$/u
  return {
    ...loadOutlineFace(name),
    findSign: (character) => (isLetter.test(character) ? undefined : signs.find(character, false)),
  }
}

function measureScale(fonts: readonly Font[]): number {
  const height = (character: string) => {
    const bounds = readOutline(fonts, character, 1)?.bounds
    return bounds ? bounds.top - bounds.bottom : 0
  }
  const ratios = [
    mathXHeight / height('x'),
    mathFigureHeight / height('5'),
    mathFigureHeight / height('4'),
  ].filter((ratio) => Number.isFinite(ratio) && ratio > 0)
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / Math.max(1, ratios.length)
}

function readOutline(fonts: readonly Font[], character: string, scale: number): Outline | undefined {
  for (const font of fonts) {
    const index = font.charToGlyphIndex(character)
    if (index === 0) continue
    const glyph = font.glyphs.get(index)
    const commands = glyph.path.commands
    if (commands.length === 0) continue
    const unit = (1000 / font.unitsPerEm) * scale
    const at = (value: number) => Math.round(value * unit)
    let d = ''
    const xs: number[] = []
    const ys: number[] = []
    for (const command of commands) {
      if (command.type === 'Z') {
        d += 'Z'
        continue
      }
      xs.push(at(command.x))
      ys.push(at(command.y))
      if (command.type === 'C')
        d += `C${at(command.x1)} ${at(command.y1)} ${at(command.x2)} ${at(command.y2)} `
      else if (command.type === 'Q') d += `Q${at(command.x1)} ${at(command.y1)} `
      else d += command.type
      d += `${at(command.x)} ${at(command.y)}`
    }
    return {
      d,
      bounds: {
        left: Math.min(...xs),
        right: Math.max(...xs),
        bottom: Math.min(...ys),
        top: Math.max(...ys),
      },
    }
  }
  return undefined
}

const boundsCache = new Map<string, Bounds>()

/** Box of a MathJax glyph's path (absolute commands). */
export function measurePath(d: string): Bounds {
  const known = boundsCache.get(d)
  if (known) return known
  const bounds = { left: Infinity, bottom: Infinity, right: -Infinity, top: -Infinity }
  for (const [, letter = '', list = ''] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const values = [...list.matchAll(/-?\d*\.?\d+/g)].map(Number)
    values.forEach((value, place) => {
      const isX = letter === 'H' || (letter !== 'V' && place % 2 === 0)
      if (isX) {
        bounds.left = Math.min(bounds.left, value)
        bounds.right = Math.max(bounds.right, value)
      } else {
        bounds.bottom = Math.min(bounds.bottom, value)
        bounds.top = Math.max(bounds.top, value)
      }
    })
  }
  if (boundsCache.size > 5000) boundsCache.clear()
  boundsCache.set(d, bounds)
  return bounds
}
