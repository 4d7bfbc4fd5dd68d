import type { Component } from '../preprocess/components.ts'
import type { Box, Canvas } from '../preprocess/pixels.ts'
import type { Sheet } from '../preprocess/scale.ts'

/** Ink to read: piece by piece as it was found, and drawn on a canvas. `Prepared` ink is one. */
export type InkSource = {
  readonly pieces: readonly Component[]
  readonly glyphHeight: number
  readonly dropped: number
  readonly canvas: Canvas
  /** Canvas pixels for one pixel of the pieces. */
  readonly scale: number
  readonly redraw: (zoom: number, sheet?: Sheet) => Canvas
  /** Where a box of a canvas that was drawn so lies, in pixels of what the ink was taken from. */
  readonly locate: (box: Box, zoom: number, sheet?: Sheet) => Box
}
