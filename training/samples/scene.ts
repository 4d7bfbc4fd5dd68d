import type { Plane } from './plane.ts'

export type Colour = readonly [number, number, number]

/** How a picture came about: what was under the ink, and how it was taken. Colours are 0…255, lengths are pixels. */
export type Scene = {
  readonly width: number
  readonly height: number
  /** Size of the main text. */
  readonly em: number
  /** Where the formula's middle is, as shares of the picture; the middle unless given. */
  readonly centre?: readonly [number, number]
  readonly paper: Colour
  readonly ink: Colour
  /** Share of the ink that covers: below 1 the ground shines through unevenly, as with a ballpoint or chalk. */
  readonly cover?: number
  readonly lines?: {
    readonly step: number
    readonly colour: Colour
    readonly strength: number
    readonly kind: 'squared' | 'ruled'
  }
  /** Depth of coarse blotches and of fine grain. */
  readonly texture?: readonly [number, number]
  /** Degrees. */
  readonly tilt?: number
  /** Shrinking of the far edge: horizontal and vertical, as a share over the whole picture. */
  readonly perspective?: readonly [number, number]
  /** Darkening from one side to the other, in directions x and y, and towards the corners. */
  readonly shading?: readonly [number, number, number]
  readonly blur?: number
  readonly noise?: number
  /** Depth and pitch of a screen's pixel grid. */
  readonly screen?: readonly [number, number]
  readonly jpegQuality?: number
}

export type Picture = {
  readonly width: number
  readonly height: number
  readonly channels: readonly [Plane, Plane, Plane]
}
