import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'

/** A stretch of a line: upright words, or a formula's letters in italics with what is raised. */
export type DrawnPart = string | { readonly italic: string; readonly raised?: string }

const require = createRequire(import.meta.url)
const faces = { words: 'KaTeX_Main-Regular', italics: 'KaTeX_Math-Italic' } as const
/** Letters that the other faces lack come from these. */
const otherAlphabets = ['latin', 'cyrillic'].map((alphabet) => `pt-serif-${alphabet}-400-normal`)

/** A page as PNG, in faces that are at hand on every machine; with `isForeign` words are set in a face with more alphabets. */
export function drawPage(
  lines: readonly (readonly DrawnPart[])[],
  { size = 34, isForeign = false }: { readonly size?: number; readonly isForeign?: boolean } = {},
): Buffer {
  const wordFace = isForeign ? otherAlphabets.join(', ') : faces.words
  for (const face of Object.values(faces))
    GlobalFonts.registerFromPath(require.resolve(`katex/dist/fonts/${face}.ttf`), face)
  for (const face of otherAlphabets)
    GlobalFonts.registerFromPath(require.resolve(`@fontsource/pt-serif/files/${face}.woff2`), face)
  const canvas = createCanvas(size * 30, Math.round(size * (1.6 * lines.length + 1)))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  lines.forEach((line, row) => {
    const baseline = size * (1.6 * row + 1.4)
    let x = size
    const draw = (text: string, face: string, scale: number, rise: number) => {
      context.font = `${String(size * scale)}px ${face}`
      context.fillText(text, x, baseline - rise * size)
      x += context.measureText(text).width
    }
    for (const part of line) {
      if (typeof part === 'string') draw(part, wordFace, 1, 0)
      else {
        draw(part.italic, faces.italics, 1, 0)
        if (part.raised !== undefined) draw(part.raised, faces.words, 0.7, 0.38)
      }
    }
  })
  return canvas.toBuffer('image/png')
}
