import { dropEndMarks } from '../../../shared/latex/end-marks.ts'
import type { LatexToken } from '../../../shared/latex/tokens.ts'
import type { Canvas } from '../../preprocess/pixels.ts'
import { coverWithBoxes, type Coverage } from '../coverage.ts'
import type { Namer } from '../spot/namer.ts'
import type { Spotter } from '../spot/spotter.ts'
import { growTree, type GrownSign, type GrownTree } from './grow-tree.ts'
import type { Linker } from './linker.ts'
import { traceTokens } from './trace-tokens.ts'
import { writeTree } from './write-tree.ts'

export type SignReader = { readonly spotter: Spotter; readonly namer: Namer; readonly linker: Linker }

/** A formula read sign by sign: the tokens, and the tree that they were written from. */
export type SignReading = GrownTree & {
  readonly tokens: readonly LatexToken[]
  /** Of all choices together, and of the least sure sign. */
  readonly logProbability: number
  readonly leastLogProbability: number
  /** That there is a sign at all, of the least sure one. */
  readonly leastPresence: number
  readonly coverage: Coverage
}

/** More signs than this are a page. */
const mostSigns = 260

/**
 * Reads a canvas by its signs and their places; `undefined` where there are none, or too many for a formula.
 * @param glyphHeight pixels that a usual sign is tall
 */
export async function readSigns(
  { spotter, namer, linker }: SignReader,
  canvas: Canvas,
  glyphHeight: number,
): Promise<SignReading | undefined> {
  const spotted = await spotter.spot(canvas)
  if (spotted.length === 0 || spotted.length > mostSigns) return undefined
  const named = await namer.name(canvas, spotted)
  const tree = growTree(named, await linker.link(named), linker.vocabulary)
  const tokens = dropEndMarks(writeTree(tree.signs))
  if (tokens.length === 0) return undefined
  const sure = tree.signs.map(judgeSign)
  return {
    ...tree,
    tokens,
    logProbability: sure.reduce((sum, value) => sum + value, 0),
    leastLogProbability: Math.min(...sure),
    leastPresence: Math.min(...tree.signs.map(({ probability }) => probability)),
    coverage: coverWithBoxes(
      canvas,
      glyphHeight,
      tree.signs.map(({ box }) => box),
    ),
  }
}

/** Log-probability of a sign's place, name and spelling together. */
export function judgeSign({ linked, named, spelled }: GrownSign): number {
  return linked + named + spelled
}

/** Log-probability of each token of a reading: what is known of the sign that it spells, 0 for marks of structure. */
export function judgeTokens({ tokens, signs }: Pick<SignReading, 'tokens' | 'signs'>): number[] {
  return traceTokens(tokens, signs).map((at) => {
    const sign = signs[at]
    return sign ? judgeSign(sign) : 0
  })
}
