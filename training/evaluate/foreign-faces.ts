import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import opentype, { type Font } from 'opentype.js'
import { eastAsianFace } from '../faces.ts'
import type { ForeignLanguage } from './foreign-sentences.ts'
import type { Piece } from './page-sentences.ts'

/** Draws words; each letter comes from the first file that has it. */
export type Face = {
  measure(text: string, size: number): number
  outline(text: string, x: number, baseline: number, size: number): string
}

const require = createRequire(import.meta.url)

/** Faces of `@fontsource`, whose letters are spread over a file for each alphabet. */
export function openFace(names: readonly string[], alphabets: readonly string[]): Face {
  const files = names.flatMap((name) => {
    const folder = path.join(path.dirname(require.resolve(`@fontsource/${name}/package.json`)), 'files')
    return alphabets.map((alphabet) => path.join(folder, `${name}-${alphabet}-400-normal.woff`))
  })
  const present = files.filter((file) => existsSync(file))
  if (present.length === 0) throw new Error(`No face in ${names.join(', ')}`)
  return faceOf(present.map(openFile))
}

function openFile(file: string): Font {
  const bytes = readFileSync(file)
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

function faceOf(fonts: readonly Font[]): Face {
  /** Stretches of letters that are in the same file. */
  const split = (text: string) => {
    const parts: { font: Font; text: string }[] = []
    for (const letter of text) {
      const font = fonts.find((one) => one.charToGlyphIndex(letter) > 0)
      if (!font) throw new Error(`No face has ${letter}`)
      const last = parts.at(-1)
      if (last?.font === font) last.text += letter
      else parts.push({ font, text: letter })
    }
    return parts
  }
  return {
    measure: (text, size) =>
      split(text).reduce((sum, part) => sum + part.font.getAdvanceWidth(part.text, size), 0),
    outline: (text, x, baseline, size) => {
      let at = x
      return split(text)
        .map((part) => {
          const drawn = part.font.getPath(part.text, at, baseline, size)
          at += part.font.getAdvanceWidth(part.text, size)
          return drawn.toPathData(2)
        })
        .join('')
    },
  }
}

/** Those written without blanks between words. */
const eastAsian: ReadonlySet<ForeignLanguage> = new Set(['chi_sim', 'jpn'])

/** Empty where the Debian package with the face is not installed. */
export function listForeignFaces(language: ForeignLanguage): Face[] {
  if (eastAsian.has(language))
    return existsSync(eastAsianFace.file) ? [faceOf([openFile(eastAsianFace.file)])] : []
  const names = ['tinos', 'source-serif-4', 'noto-serif']
  return names.map((name) => openFace([name], ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'greek']))
}

/** Lines of such languages may end behind every letter. */
export function splitForeign(pieces: readonly Piece[], language: ForeignLanguage): Piece[] {
  if (!eastAsian.has(language)) return [...pieces]
  return pieces.flatMap((piece) =>
    piece.kind === 'words' ? Array.from(piece.text, (text): Piece => ({ kind: 'letters', text })) : [piece],
  )
}
