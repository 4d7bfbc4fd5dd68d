import { processImage, type ImageReader } from '../../engine/process-image.ts'
import type { ImageRecogniser } from '../../engine/image-recogniser.ts'
import { createFixtureReading, createForeignReading } from './fixture-reading.ts'

const PREFIX = 'fixture-image:'
/** Before the LaTeX: the picture needs a quarter turn, which is 0.9 probable, and reads `1` as it lies. */
export const SIDEWAYS = 'sideways:'
/** Before the LaTeX: Russian words stand around the formula. */
export const CYRILLIC = 'in Cyrillic:'

/** "Image bytes" that say what is to be read in them; the protocol around recognition is what is tested. */
export function createFixtureImage(latex: string): Buffer {
  return Buffer.from(`${PREFIX}${latex}`)
}

const reader: ImageReader = {
  decodeImage(bytes) {
    const text = Buffer.from(bytes).toString('utf8')
    if (!text.startsWith(PREFIX)) return Promise.reject(new Error('no fixture image'))
    return Promise.resolve({ data: bytes, width: 100, height: 40, channels: 1 })
  },
  readImage(
    { data },
    { auto_rotate_confidence_threshold: threshold = 0.99, alphabets_allowed: alphabets = {} },
  ) {
    const latex = Buffer.from(data).toString('utf8').slice(PREFIX.length)
    if (latex === '')
      return Promise.resolve({ kind: 'blank', isInverted: false, imageWidth: 100, imageHeight: 40 })
    if (latex.startsWith(CYRILLIC))
      return Promise.resolve(createForeignReading(latex.slice(CYRILLIC.length), alphabets['ru'] === false))
    if (!latex.startsWith(SIDEWAYS)) return Promise.resolve(createFixtureReading(latex))
    const rotation = { degrees: 90, confidence: 0.9 } as const
    const upright = latex.slice(SIDEWAYS.length)
    return Promise.resolve(
      createFixtureReading(rotation.confidence > threshold ? upright : '1', { rotation }),
    )
  },
}

export type FixtureRecogniser = ImageRecogniser & {
  /** How many images were begun. */
  readonly begun: () => number
  /** What was in them, in the order in which they were begun. */
  readonly order: readonly string[]
  /** Images begun after this wait until `release`. */
  hold(): void
  release(): void
}

/** A recogniser in the test's own process: everything of the engine but the pixels. */
export function createFixtureRecogniser(size = 2): FixtureRecogniser {
  const order: string[] = []
  let gate = Promise.resolve()
  let open = (): void => undefined
  return {
    size,
    begun: () => order.length,
    order,
    hold() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    release: () => open(),
    async recognise(bytes, options) {
      order.push(Buffer.from(bytes).toString('utf8').slice(PREFIX.length))
      await gate
      return processImage(bytes, options, reader)
    },
    close() {
      open()
      return Promise.resolve()
    },
  }
}
