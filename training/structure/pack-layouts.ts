import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { relations, spellings } from '../../engine/recognise/structure/sign-tree.ts'
import { signStyles } from '../generate/signs/math-alphabets.ts'
import { tokenIds, vocabulary } from '../vocabulary.ts'
import type { StructuredSign } from './sign-list.ts'

/** What a layout was made from, where somebody has to judge a reading of it. */
export type LayoutOrigin = { readonly label: readonly string[]; readonly from: string }

/**
 * Collects layouts for linker.py: `NAME.bin.gz` holds, one array after another, the signs of each layout (u16), and for every sign its parent (i16), its
 * token (u16), its box (four i16, in fours of 1/1000 em), its style, spelling and relation (u8 each); `NAME.json` tells the numbers and, for layouts to
 * be judged, their labels.
 */
export class LayoutPack {
  private readonly counts: number[] = []
  private readonly parents: number[] = []
  private readonly tokens: number[] = []
  private readonly boxes: number[] = []
  private readonly kinds: number[][] = [[], [], []]
  private readonly origins: LayoutOrigin[] = []

  get size(): number {
    return this.counts.length
  }

  add(signs: readonly StructuredSign[], origin?: LayoutOrigin): void {
    this.counts.push(signs.length)
    if (origin) this.origins.push(origin)
    for (const { token, style, box, parent, relation, spelling } of signs) {
      this.parents.push(parent)
      this.tokens.push(tokenIds.get(token) ?? 0)
      this.boxes.push(...box.map((side) => Math.max(-32768, Math.min(32767, Math.round(side / 4)))))
      const numbers = [signStyles.indexOf(style), spellings.indexOf(spelling), relations.indexOf(relation)]
      numbers.forEach((number, at) => this.kinds[at]?.push(number))
    }
  }

  write(folder: string, name: string): void {
    mkdirSync(folder, { recursive: true })
    const arrays = [
      Uint16Array.from(this.counts),
      Int16Array.from(this.parents),
      Uint16Array.from(this.tokens),
      Int16Array.from(this.boxes),
      ...this.kinds.map((list) => Uint8Array.from(list)),
    ]
    const bytes = Buffer.concat(
      arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
    )
    writeFileSync(path.join(folder, `${name}.bin.gz`), gzipSync(bytes))
    const numbers = { layouts: this.counts.length, signs: this.parents.length }
    const names = { vocabulary, styles: signStyles, spellings, relations }
    writeFileSync(
      path.join(folder, `${name}.json`),
      JSON.stringify({ ...numbers, ...names, origins: this.origins }),
    )
  }
}
