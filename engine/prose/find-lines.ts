import type { Component } from '../preprocess/components.ts'
import type { Box } from '../preprocess/pixels.ts'
import { heightOf, joinBoxes, overlapAcross, widthOf } from '../preprocess/boxes.ts'

/** What stands on one line of a page, from left to right. */
export type InkLine = { readonly box: Box; readonly pieces: readonly Component[] }

/**
 * The lines of one column from top to bottom. Ink is cut where a whole row is empty; then what a fraction bar, a sum's limits or a
 * word under `lim` belong to is put together again.
 */
export function findLines(pieces: readonly Component[], glyphHeight: number): InkLine[] {
  const groups = cutAtEmptyRows(pieces)
  joinStrokes(groups, glyphHeight)
  joinFractions(groups, glyphHeight)
  joinScripts(groups, glyphHeight)
  return groups
    .map((group) => ({
      box: joinBoxes(group.map(({ box }) => box)),
      pieces: [...group].sort((one, other) => one.box.left - other.box.left),
    }))
    .filter(({ box }) => heightOf(box) >= 0.3 * glyphHeight || widthOf(box) >= 2 * glyphHeight)
    .sort((one, other) => one.box.top - other.box.top)
}

type PieceGroup = Component[]

function cutAtEmptyRows(pieces: readonly Component[]): PieceGroup[] {
  const sorted = [...pieces].sort((one, other) => one.box.top - other.box.top)
  const groups: PieceGroup[] = []
  let bottom = -1
  for (const piece of sorted) {
    const last = groups.at(-1)
    if (last && piece.box.top < bottom) last.push(piece)
    else groups.push([piece])
    bottom = Math.max(bottom, piece.box.bottom)
  }
  return groups
}

function boxOf(group: PieceGroup): Box {
  return joinBoxes(group.map(({ box }) => box))
}

function mergeInto(groups: PieceGroup[], at: number, other: number): void {
  groups[at]?.push(...(groups[other] ?? []))
  groups.splice(other, 1)
}

/** The strokes of an equals sign and the fraction bars beside it, which stand in rows of their own. */
function joinStrokes(groups: PieceGroup[], glyphHeight: number): void {
  const isFlat = (group: PieceGroup) => group.every(({ box }) => heightOf(box) < 0.35 * glyphHeight)
  for (let at = 1; at < groups.length; at += 1) {
    const [upper, lower] = [groups[at - 1], groups[at]]
    if (!upper || !lower || !isFlat(upper) || !isFlat(lower)) continue
    if (boxOf(lower).top - boxOf(upper).bottom > 0.4 * glyphHeight) continue
    mergeInto(groups, at - 1, at)
    at -= 1
  }
}

/** A bar with ink close above and close below, both about as wide as it is or narrower, holds them together. */
function joinFractions(groups: PieceGroup[], glyphHeight: number): void {
  const reach = 1.15 * glyphHeight
  for (let at = 0; at < groups.length; at += 1) {
    for (const bar of groups[at] ?? []) {
      const isBar = widthOf(bar.box) > 0.7 * glyphHeight && heightOf(bar.box) < 0.3 * widthOf(bar.box)
      if (!isBar || heightOf(bar.box) > 0.35 * glyphHeight) continue
      const isNear = (group: PieceGroup | undefined, side: 'above' | 'below'): boolean =>
        (group ?? []).some(({ box }) => {
          const gap = side === 'above' ? bar.box.top - box.bottom : box.top - bar.box.bottom
          return (
            gap >= 0 &&
            gap <= reach &&
            overlapAcross(box, bar.box) > 0.5 * Math.min(widthOf(box), widthOf(bar.box))
          )
        })
      const above = isNear(groups[at - 1], 'above') && !areBothWords(groups[at], groups[at - 1], bar.box)
      const below = isNear(groups[at + 1], 'below') && !areBothWords(groups[at], groups[at + 1], bar.box)
      const hasAbove = above || isNear(groups[at], 'above')
      const hasBelow = below || isNear(groups[at], 'below')
      if (!hasAbove || !hasBelow || !(above || below)) continue
      if (below) mergeInto(groups, at, at + 1)
      if (above) mergeInto(groups, at - 1, at)
      at = Math.max(-1, at - 2)
      break
    }
  }
}

/** Two rows of many signs, both far wider than the bar: it is a sign of one of them, such as a Japanese long vowel. */
function areBothWords(one: PieceGroup | undefined, other: PieceGroup | undefined, bar: Box): boolean {
  return [one, other].every(
    (group) => group !== undefined && group.length > 12 && widthOf(boxOf(group)) > 8 * widthOf(bar),
  )
}

/** Limits of sums and integrals, words under `lim`, accents: little ink right above or below a line, within its ends. */
function joinScripts(groups: PieceGroup[], glyphHeight: number): void {
  for (let at = 0; at < groups.length; at += 1) {
    const group = groups[at]
    if (!group) continue
    const box = boxOf(group)
    const tallest = Math.max(...group.map((piece) => heightOf(piece.box)))
    if (tallest > 1.25 * glyphHeight || heightOf(box) > 1.6 * glyphHeight) continue
    // Arrows over two letters far apart are as little ink as one.
    const covered = group.reduce((sum, piece) => sum + widthOf(piece.box), 0)
    const candidates = [at - 1, at + 1]
      .flatMap((other) => {
        const neighbour = groups[other]
        if (!neighbour) return []
        const outer = boxOf(neighbour)
        const gap = other < at ? box.top - outer.bottom : outer.top - box.bottom
        const isInside =
          box.left >= outer.left - 0.8 * glyphHeight && box.right <= outer.right + 0.8 * glyphHeight
        const isNarrow = covered < 0.45 * widthOf(outer) || widthOf(box) < 2.2 * glyphHeight
        // A short last line of a paragraph begins where the others do.
        const isParagraphEnd =
          other < at && Math.abs(box.left - outer.left) < glyphHeight && neighbour.length > 12
        const isClose = gap <= (tallest < 0.85 * glyphHeight ? 0.9 : 0.55) * glyphHeight
        return isInside && isNarrow && isClose && !isParagraphEnd ? [{ other, gap }] : []
      })
      .sort((one, other) => one.gap - other.gap)
    const [nearest] = candidates
    if (!nearest) continue
    mergeInto(groups, Math.min(at, nearest.other), Math.max(at, nearest.other))
    at = Math.max(-1, at - 2)
  }
}
