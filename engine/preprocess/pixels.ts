/** One value a pixel, read by index: an iterator over them costs a fifth more time. Grey: 0 black … 255 white. Ink: 0 paper … 1 full ink. */
export type Plane = {
  readonly values: Float32Array
  readonly width: number
  readonly height: number
}

/** Rectangle in pixels; `right` and `bottom` are one past the last pixel. */
export type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What the model looks at: ink 0…255, width and height multiples of 8. */
export type Canvas = {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}
