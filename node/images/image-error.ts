export type ImageFault = 'empty' | 'unsupported' | 'too_large' | 'unreadable'

/**
 * Why bytes are no picture for us. `predicate` goes on after the picture's name: “x.png” *is damaged or not a complete image.*
 */
export class ImageError extends Error {
  override readonly name = 'ImageError'

  readonly reason: ImageFault
  readonly predicate: string

  constructor(reason: ImageFault, predicate: string, cause?: unknown) {
    super(`The image ${predicate}`, { cause })
    this.reason = reason
    this.predicate = predicate
  }
}

export function tooManyPixels(width: number, height: number): ImageError {
  const megapixels = Math.ceil((width * height) / 1_000_000).toLocaleString('en-GB')
  return new ImageError('too_large', `is too large: it has ${megapixels} megapixels, more than can be read.`)
}

export const unreadable = (cause?: unknown): ImageError =>
  new ImageError('unreadable', 'is damaged or not a complete image.', cause)
