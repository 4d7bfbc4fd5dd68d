import type { Component } from '../preprocess/components.ts'
import type { InkEvidence } from './calibration.ts'

/** What the pieces of ink tell before anything is read: drawings and textures differ from signs in most of it. */
export function describeInk({
  pieces,
  glyphHeight,
  dropped,
  scale,
}: {
  readonly pieces: readonly Component[]
  readonly glyphHeight: number
  readonly dropped: number
  readonly scale: number
}): InkEvidence {
  let area = 0
  let runs = 0
  let largest = 0
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0]
  for (const piece of pieces) {
    area += piece.area
    runs += piece.runs.length
    largest = Math.max(largest, piece.area)
    left = Math.min(left, piece.box.left)
    top = Math.min(top, piece.box.top)
    right = Math.max(right, piece.box.right)
    bottom = Math.max(bottom, piece.box.bottom)
  }
  return {
    pieces: pieces.length,
    glyphHeight,
    canvasGlyphHeight: glyphHeight * scale,
    dropped,
    density: area / Math.max(1, (right - left) * (bottom - top)),
    largest: largest / Math.max(1, area),
    stroke: area / Math.max(1, runs) / Math.max(1, glyphHeight),
    standing: measureStanding(pieces, glyphHeight),
  }
}

/**
 * How much more often neighbours share the line they stand on than the line they reach up to: writing stands on a line, upside
 * down it hangs from one. From -1 to 1.
 */
function measureStanding(pieces: readonly Component[], glyphHeight: number): number {
  const signs = pieces
    .map(({ box }) => box)
    .filter(({ top, bottom }) => bottom - top > 0.5 * glyphHeight && bottom - top < 2.6 * glyphHeight)
    .sort((one, other) => one.left - other.left)
  let standing = 0
  let hanging = 0
  let pairs = 0
  signs.forEach((sign, at) => {
    const next = signs[at + 1]
    if (!next || next.top > sign.bottom || next.bottom < sign.top) return
    pairs += 1
    if (Math.abs(next.bottom - sign.bottom) < 0.12 * glyphHeight) standing += 1
    if (Math.abs(next.top - sign.top) < 0.12 * glyphHeight) hanging += 1
  })
  return (standing - hanging) / (pairs + 1)
}
