/** Opaque, upright pixels, row by row, `channels` bytes a pixel. */
export type Pixels = {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
}

/** EXIF: how the stored rows lie; 1 is upright, the even ones up to 4 and 5 and 7 are mirrored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** Pixels as a decoder gives them: grey, grey and alpha, RGB or RGBA (not premultiplied), eight bits each, as they are stored. */
export type StoredPixels = {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
  readonly bands: 1 | 2 | 3 | 4
  readonly orientation: Orientation
  /** Whether the samples used only a part of their range. */
  readonly isBrightened?: boolean
}

/** One picture that a file holds. */
export type DecodedPage = {
  readonly pixels: Pixels
  /** Neither turned, brightened nor put on a ground: the stored bytes show the same as the pixels. */
  readonly isAsStored: boolean
}
