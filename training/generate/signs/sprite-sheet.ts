import { Resvg } from '@resvg/resvg-js'
import { signStyles } from './math-alphabets.ts'
import { isBold, plainCharacter } from '../alphabets.ts'
import { measurePath, type OutlineFace } from '../outlines.ts'
import { mathFaces } from '../../faces.ts'
import { tokenIds } from '../../vocabulary.ts'
import type { NameGlyph } from './name-glyphs.ts'

/** Pixels of a side. Every sprite is stretched to its ink: a sign is drawn by stretching it into its box. */
const side = 32

export type SpriteSheet = {
  /** Takes over the glyphs of a formula that was typeset in one of the math faces. */
  learn: (face: number, svg: string) => void
  /**
   * `sprites`: one byte of ink a pixel, sprite after sprite, row after row; `kinds`: print or hand, face by face, the math faces first; `table`: face, token, style
   * and sprite of each.
   */
  finish: () => {
    readonly sprites: Uint8Array
    readonly kinds: readonly string[]
    readonly table: readonly number[]
  }
}

/** Collects the glyphs that formulas show, and draws them in further faces as well. */
export function createSpriteSheet(
  nameGlyph: NameGlyph,
  further: readonly (readonly [kind: 'print' | 'hand', face: OutlineFace])[],
): SpriteSheet {
  const pictures: Uint8Array[] = []
  const table: number[] = []
  const codes = new Map<string, string>()
  const seen = new Set<string>()
  const add = (face: number, key: string, d: string): void => {
    const picture = drawSprite(d)
    if (!picture) return
    const [token = 0, style = 0] = key.split(' ').map(Number)
    table.push(face, token, style, pictures.length)
    pictures.push(picture)
  }
  const learn: SpriteSheet['learn'] = (face, svg) => {
    for (const [, code = '', d = ''] of svg
      .replace(/<svg (?!style).*?<\/svg>/g, '')
      .matchAll(/<path data-c="([^"]*)" d="([^"]*)"/g)) {
      const seenKey = `${String(face)} ${code}`
      if (seen.has(seenKey)) continue
      seen.add(seenKey)
      const name = nameGlyph(code)
      const key =
        name?.count === 1
          ? `${String(tokenIds.get(name.token))} ${String(signStyles.indexOf(name.style))}`
          : undefined
      if (key === undefined || seen.has(`${String(face)} key ${key}`)) continue
      seen.add(`${String(face)} key ${key}`)
      add(face, key, d)
      if (!codes.has(key)) codes.set(key, code)
    }
  }
  const finish: SpriteSheet['finish'] = () => {
    further.forEach(([, face], at) => {
      for (const [key, code] of codes) {
        const plain = plainCharacter(code)
        const found =
          face.findSign?.(String.fromCodePoint(Number.parseInt(code, 16))) ??
          // What a face of one weight cannot show.
          (plain && !isBold(code) ? face.find(plain.character, plain.isItalic) : undefined)
        if (found && !isOtherPhi(plain?.character, found.d)) add(mathFaces.length + at, key, found.d)
      }
    })
    return {
      sprites: new Uint8Array(Buffer.concat(pictures)),
      kinds: [...mathFaces.map(() => 'print'), ...further.map(([kind]) => kind)],
      table,
    }
  }
  return { learn, finish }
}

/** Some faces draw the phi of `\varphi` with a stroke through a ring, two holes, which is how `\phi` looks. */
function isOtherPhi(character: string | undefined, d: string): boolean {
  return character === 'φ' && d.split('Z').length > 3
}

function drawSprite(d: string): Uint8Array | undefined {
  const { left, bottom, right, top } = measurePath(d)
  if (!Number.isFinite(left) || right <= left || top <= bottom) return undefined
  const [width, height] = [right - left, top - bottom]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(side)}" height="${String(side)}" viewBox="0 0 ${String(side)} ${String(side)}"><path transform="scale(${String(side / width)},${String(-side / height)}) translate(${String(-left)},${String(-top)})" d="${d}"/></svg>`
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  return Uint8Array.from({ length: side * side }, (_, at) => pixels[4 * at + 3] ?? 0)
}
