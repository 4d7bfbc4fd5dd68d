import { heightOf, joinBoxes, middleOf, widthOf } from '../preprocess/boxes.ts'
import type { Component } from '../preprocess/components.ts'
import { fillGrid, measureOverlap } from '../preprocess/pointer-shapes.ts'
import { signSheet } from '../preprocess/scale.ts'
import { cropToInk, placeBeside } from './beside-letters.ts'
import { drawCompanion } from './companion.ts'
import type { InkSource } from './ink-source.ts'
import { countPieces } from './count-pieces.ts'
import { readSigns, type SignReader } from './structure/read-signs.ts'

/** A sign that stands alone, and how likely it is. */
export type LoneSign = { readonly tokens: readonly string[]; readonly probability: number }

/** Signs that stand alone in pictures, whatever the letters beside them would be; large ones are those of usual size here. */
const operators = new Set(
  (
    '+ - = < > \\leq \\geq \\leqslant \\geqslant \\neq \\approx \\equiv \\sim \\simeq \\cong \\propto \\in \\ni \\notin \\subset \\supset ' +
    '\\subseteq \\supseteq \\cup \\cap \\wedge \\vee \\rightarrow \\leftarrow \\leftrightarrow \\Rightarrow \\Leftarrow \\Leftrightarrow ' +
    '\\uparrow \\downarrow \\mapsto \\longrightarrow \\pm \\mp \\times \\cdot \\perp \\| \\parallel \\ll \\gg \\prec \\succ \\int \\iint \\oint ' +
    '\\sum \\prod \\coprod \\forall \\exists \\nabla \\partial \\neg \\oplus \\otimes \\% \\hbar \\emptyset \\star \\dagger'
  ).split(' '),
)
const usual: Record<string, string> = {
  '\\|': '\\parallel',
  '\\bigcup': '\\cup',
  '\\bigcap': '\\cap',
  '\\bigvee': '\\vee',
  '\\bigwedge': '\\wedge',
  '\\bigoplus': '\\oplus',
  '\\bigotimes': '\\otimes',
}
/** What the letter x beside the sign is taken for where the sign makes it seem large or small. */
const companions = new Set(['x', 'X', '\\times', '\\mathbf { x }', '\\mathbf { X }'])
/** Signs of bars and waves differ in the number of them, which the ink tells better than any look. */
export const counted = new Set(['-', '=', '\\equiv', '\\sim', '\\approx', '\\parallel', '\\|'])
/** The letter is so much larger than for reading token by token, and the sign is looked at in these sizes, and alone at those. */
const companion = drawCompanion(1.43)
const zooms = [0.5, 0.7, 1, 1.4, 2]
const zoomsAlone = [1, 1.14, 1.26]
/** All looks together make a sign so likely at least, and their share of what all looks say is such. */
const [leastTogether, leastShare] = [1.6, 0.6]
/** Cells along a side of the grid for mirror images, and what they have in common with the picture at least. */
const [crossCells, leastEven] = [11, 0.72]
/** What is so many times as wide as high seems large. */
const flat = 1.5
const zoomsOfFlat = [0.35, 0.45, 0.6, 0.8, 1]
/** Sizes at which × is as large as letters, its votes at least, and their share. */
const zoomsOfTimes = [0.5, 0.65, 0.8, 1]
const [leastTimes, leastShareOfTimes] = [0.9, 0.55]
/** Votes from which on the share alone counts. */
const enoughTogether = 2.4

/** Reads an operator sign by sign, alone and beside letters at several sizes; `undefined` where the looks do not agree. */
export async function readByItsLook(reader: SignReader, source: InkSource): Promise<LoneSign | undefined> {
  const votes = new Map<string, number>()
  const vote = (name: string, weight: number) => {
    const sign = usual[name] ?? name
    votes.set(sign, (votes.get(sign) ?? 0) + weight)
  }
  for (const zoom of zoomsAlone) {
    const seen = await readSigns(reader, source.redraw(zoom, signSheet), zoom * signSheet.glyphHeight)
    // Letters are known by their size as well, which nothing tells here.
    const [name = '', ...others] = seen?.tokens ?? []
    if (seen && others.length === 0 && operators.has(usual[name] ?? name))
      vote(name, Math.exp(seen.logProbability))
  }
  const box = joinBoxes(source.pieces.map((piece) => piece.box))
  const isFlat = widthOf(box) > flat * heightOf(box)
  await voteBesideLetters(reader, source, isFlat ? zoomsOfFlat : zooms, vote)
  const [best, ...others] = [...votes].sort((one, other) => other[1] - one[1])
  if (!best || !operators.has(best[0]) || best[1] < leastTogether) return undefined
  const share = best[1] / others.reduce((sum, [, weight]) => sum + weight, best[1])
  const isOfBars = counted.has(best[0]) && countPieces([best[0]]) !== source.pieces.length
  if (share < leastShare || isOfBars) return undefined
  return { tokens: [best[0]], probability: share * Math.min(1, best[1] / enoughTogether) }
}

/** Whether × is seen, not the letter, where the sign is no larger than letters beside it. */
export async function readTimes(reader: SignReader, source: InkSource): Promise<LoneSign | undefined> {
  let [times, all] = [0, 0]
  await voteBesideLetters(reader, source, zoomsOfTimes, (name, weight) => {
    all += weight
    if (name === '\\times') times += weight
  })
  return times >= leastTimes && times >= leastShareOfTimes * all
    ? { tokens: ['\\times'], probability: times / all }
    : undefined
}

/** What is read where the sign stands, before a letter and between two. */
async function voteBesideLetters(
  reader: SignReader,
  source: InkSource,
  sizes: readonly number[],
  vote: (name: string, weight: number) => void,
): Promise<void> {
  for (const zoom of sizes) {
    const sign = cropToInk(source.redraw(zoom, signSheet))
    for (const isBetween of [true, false]) {
      const seen = await readSigns(reader, placeBeside(sign, isBetween, companion), signSheet.glyphHeight)
      const name = seen && takeOut(seen.tokens, isBetween)
      if (seen && name !== undefined) vote(name, Math.exp(seen.logProbability))
    }
  }
}

/** The one token that is read where the sign stands. */
function takeOut(tokens: readonly string[], isBetween: boolean): string | undefined {
  const words = tokens.join(' ').match(/\\mathbf \{ . \}|\S+/g)
  if (words?.length !== (isBetween ? 3 : 2)) return undefined
  const isCompanion = (word: string | undefined) => word !== undefined && companions.has(word)
  return isCompanion(words.at(-1)) && (!isBetween || isCompanion(words[0])) ? words.at(-2) : undefined
}

/** A piece that is about as wide as high and its own mirror image both ways, as × is and few letters are. */
export function isEvenCross(piece: Component): boolean {
  const [wide, high] = [widthOf(piece.box), heightOf(piece.box)]
  if (Math.abs(wide - high) > Math.max(1, 0.12 * high)) return false
  const cells = fillGrid(piece, crossCells, crossCells)
  const across = cells.map((_, at) => cells[at - 2 * (at % crossCells) + crossCells - 1] ?? false)
  return Math.min(measureOverlap(cells, across), measureOverlap(cells, cells.toReversed())) >= leastEven
}

/** A dot over and a dot under a bar, in the middle of it. */
export function isDivision(pieces: readonly Component[]): boolean {
  const [above, bar, below] = [...pieces].sort((one, other) => one.box.top - other.box.top)
  if (pieces.length !== 3 || !above || !bar || !below) return false
  const wide = widthOf(bar.box)
  const isDot = ({ box }: Component) =>
    Math.abs(widthOf(box) - heightOf(box)) <= Math.max(1, 0.25 * heightOf(box)) &&
    widthOf(box) <= 0.4 * wide &&
    Math.abs(middleOf(box) - middleOf(bar.box)) <= 0.12 * wide
  const [over, under] = [bar.box.top - above.box.bottom, below.box.top - bar.box.bottom]
  return (
    wide >= 4 * heightOf(bar.box) &&
    isDot(above) &&
    isDot(below) &&
    Math.abs(widthOf(above.box) - widthOf(below.box)) <= 1 &&
    Math.min(over, under) >= 0 &&
    Math.max(over, under) <= 0.4 * wide
  )
}
