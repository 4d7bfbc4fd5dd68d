import { createCanvas } from '@napi-rs/canvas'
import { decodeImage } from '../../../node/images/open-image.ts'
import { processImage, type ImageReader } from '../../../engine/process-image.ts'
import type { ImageRecogniser } from '../../../engine/image-recogniser.ts'
import { readImage } from '../../../engine/recognise/read-image.ts'
import { createMisleadingModel } from '../fake-model.ts'
import { createFixtureImage, createFixtureRecogniser } from '../fixture-recogniser.ts'

/** What is in a picture: LaTeX as the fixture recogniser gives it, or marks that are really drawn, decoded and cropped. */
export type Picture = string | { readonly marks: readonly Mark[] }

type Mark = { readonly top: number; readonly colour: string; readonly count?: number }

/** Where a line of marks begins, and how tall and how far apart marks are, in pixels. */
const MARKS_LEFT = 90
const MARK_HEIGHT = 30
const SIZE = { width: 400, height: 300 }

function paint(picture: Picture): Buffer {
  if (typeof picture === 'string') return createFixtureImage(picture)
  const canvas = createCanvas(SIZE.width, SIZE.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, SIZE.width, SIZE.height)
  context.lineWidth = 3
  for (const { top, colour, count = 6 } of picture.marks) {
    context.strokeStyle = colour
    for (let at = 0; at < count; at += 1)
      context.strokeRect(MARKS_LEFT + at * MARK_HEIGHT + 1.5, top + 1.5, 15, MARK_HEIGHT - 3)
  }
  return canvas.toBuffer('image/png')
}

/** The whole way of a picture, but for the weights: the model is a stub, and there are no words in the pictures. */
const drawnReader: ImageReader = {
  decodeImage,
  readImage: (pixels, options) =>
    readImage(
      {
        model: createMisleadingModel(),
        textReader: {
          languages: new Set(['eng']),
          readLine: () => Promise.resolve([]),
          close: () => Promise.resolve(),
        },
      },
      pixels,
      options,
    ),
}

/** Fixture images by their text, all others by their pixels. */
export function createPictureRecogniser(): ImageRecogniser {
  const fixtures = createFixtureRecogniser()
  const prefix = createFixtureImage('')
  return {
    ...fixtures,
    recognise: (bytes, options) =>
      prefix.equals(Buffer.from(bytes.subarray(0, prefix.length)))
        ? fixtures.recognise(bytes, options)
        : processImage(bytes, options, drawnReader),
  }
}

export const toDataUri = (picture: Picture): string =>
  `data:image/png;base64,${paint(picture).toString('base64')}`
