import { flattenBackground } from './flatten.ts'
import { findComponents, type Component } from './components.ts'
import { shrinkPlane, toGrey } from './grey.ts'
import { findInkArea } from './ink-area.ts'
import { levelGrounds } from './level-grounds.ts'
import type { Box, Canvas, Plane } from './pixels.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { coverPageEdges } from './page-edges.ts'
import { removeRuledLines } from './ruled-lines.ts'
import { drawCanvas, fromCanvas, layOut, type Sheet } from './scale.ts'
import { estimateGlyphHeight, selectInk } from './select-ink.ts'
import { stretchInk } from './stretch.ts'
import { removeStripes } from './stripes.ts'
import { turnBoxBack, turnPlane, type Turn } from './turn.ts'

/** What the pixels say before the model looks: the canvas to read, and where the ink was found (input pixels). */
export type Prepared =
  | {
      readonly kind: 'ink'
      readonly canvas: Canvas
      readonly box: Box
      readonly isInverted: boolean
      /** The kept ink piece by piece, and the height of a usual one; both in working pixels. */
      readonly pieces: readonly Component[]
      readonly glyphHeight: number
      /** Share of the ink that was cleaned away: specks, page edges, parts of neighbours. */
      readonly dropped: number
      /** Whether a mouse's arrow may hide a part of it. */
      readonly isHidden: boolean
      /** Canvas pixels for one working pixel. */
      readonly scale: number
      /** The same ink a little larger or smaller, for a second look, or for another reader. */
      readonly redraw: (zoom: number, sheet?: Sheet) => Canvas
      /** Where in the input picture a box of such a canvas lies. */
      readonly locate: (box: Box, zoom: number, sheet?: Sheet) => Box
      /** Where on the canvas a point of the input picture lies; training labels glyphs with it. */
      readonly toCanvas: (x: number, y: number, sheet?: Sheet) => readonly [number, number]
    }
  | { readonly kind: 'blank'; readonly isInverted: boolean }

export type PrepareOptions = {
  /** Part of the picture to look at, in pixels; the whole picture by default. */
  readonly region?: Box
  /** The crop is tight already: drop noise only, keep everything that looks like ink. */
  readonly keepAll?: boolean
  /** How the picture is turned before it is looked at; boxes are given for the picture as it was. */
  readonly turn?: Turn
}

/** Turns a picture into the model's canvas. The same code makes the training images. */
export function prepareImage(pixels: Pixels, options: PrepareOptions = {}): Prepared {
  const asked = clampRegion(options.region, pixels)
  const region = findInkArea(pixels, asked) ?? asked
  const turn = options.turn ?? 0
  const full = toGrey(pixels, region)
  const levelled = levelGrounds(full.grey)
  const turned = removeStripes(coverPageEdges(turnPlane(levelled.plane, turn)))
  const { reduction, ink, isClean, ...found } = findInk(turned)
  const isInverted = levelled.isInverted ?? found.isInverted
  const factor = full.factor * reduction
  if (!ink) return { kind: 'blank', isInverted }
  const selection = selectInk(ink, { keepAll: options.keepAll ?? false, isClean })
  if (!selection) return { kind: 'blank', isInverted }
  const toInput = (box: Box) => {
    const back = scaleBox(turnBoxBack(scaleBox(box, reduction), turn, full.grey), full.factor)
    return {
      left: region.left + back.left,
      top: region.top + back.top,
      right: Math.min(region.right, region.left + back.right),
      bottom: Math.min(region.bottom, region.top + back.bottom),
    }
  }
  const { canvas, scaleX } = drawCanvas(selection)
  return {
    kind: 'ink',
    canvas,
    pieces: selection.pieces,
    glyphHeight: selection.glyphHeight,
    dropped: selection.dropped,
    isHidden: selection.isHidden,
    scale: scaleX,
    redraw: (zoom, sheet) => drawCanvas(selection, zoom, sheet).canvas,
    locate: (place, zoom, sheet) => toInput(fromCanvas(place, layOut(selection, zoom, sheet))),
    toCanvas: (x, y, sheet) => {
      const { scaleX, scaleY, shiftX, shiftY } = layOut(selection, 1, sheet)
      return [((x - region.left) / factor) * scaleX + shiftX, ((y - region.top) / factor) * scaleY + shiftY]
    },
    isInverted,
    box: toInput(selection.box),
  }
}

function scaleBox({ left, top, right, bottom }: Box, factor: number): Box {
  return { left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor }
}

type ReducedInk = {
  /** Whole factor by which the picture was made smaller. */
  readonly reduction: number
  /** Without ruled lines; `undefined` where there is none. */
  readonly ink: Plane | undefined
  readonly isClean: boolean
  readonly isInverted: boolean
}

function findInkAt(grey: Plane, reduction: number): ReducedInk {
  const { ink, isInverted } = flattenBackground(shrinkPlane(grey, reduction))
  const stretched = stretchInk(ink)
  return {
    reduction,
    ink: stretched && removeRuledLines(stretched.plane),
    isClean: stretched?.isClean ?? false,
    isInverted,
  }
}

/** A glance at a small copy costs little and tells how large the glyphs are in the full one. */
const glancePixels = 90_000
const workingGlyphHeight = 24

/** The ink where usual glyphs are near the working height: the smaller copy averages grain and screen patterns away. */
function findInk(grey: Plane): ReducedInk {
  const factor = Math.max(1, Math.round(Math.sqrt((grey.width * grey.height) / glancePixels)))
  const glance = findInkAt(grey, factor)
  const reduction = glance.ink ? chooseReduction(glance.ink, factor) : 1
  return reduction === factor ? glance : findInkAt(grey, reduction)
}

function chooseReduction(ink: Plane, factor: number): number {
  const pieces = findComponents(ink, 0.5, { leastArea: 4 })
  return Math.max(1, Math.round((estimateGlyphHeight(pieces) * factor) / workingGlyphHeight))
}

function clampRegion(region: Box | undefined, { width, height }: Pixels): Box {
  if (!region) return { left: 0, top: 0, right: width, bottom: height }
  const left = Math.min(width - 1, Math.max(0, Math.round(region.left)))
  const top = Math.min(height - 1, Math.max(0, Math.round(region.top)))
  return {
    left,
    top,
    right: Math.min(width, Math.max(left + 1, Math.round(region.right))),
    bottom: Math.min(height, Math.max(top + 1, Math.round(region.bottom))),
  }
}
