import type { LatexToken } from '../../../shared/latex/tokens.ts'
import type { Canvas } from '../../preprocess/pixels.ts'
import type { Spotter } from '../spot/spotter.ts'
import { growTree, type GrownTree } from './grow-tree.ts'
import type { Linker } from './linker.ts'
import { writeTree } from './write-tree.ts'

export type SignReader = { readonly spotter: Spotter; readonly linker: Linker }

/** A formula read sign by sign: the tokens, and the tree that they were written from. */
export type SignReading = GrownTree & { readonly tokens: readonly LatexToken[] }

/** More signs than this are a page. */
const mostSigns = 260

/** Reads a canvas by its signs and their places; `undefined` where there are none, or too many for a formula. */
export async function readSigns(
  { spotter, linker }: SignReader,
  canvas: Canvas,
): Promise<SignReading | undefined> {
  const spotted = await spotter.spot(canvas)
  if (spotted.length === 0 || spotted.length > mostSigns) return undefined
  const tree = growTree(spotted, await linker.link(spotted), linker.vocabulary)
  return { ...tree, tokens: writeTree(tree.signs) }
}
