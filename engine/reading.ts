import type { Region } from '../shared/option-values.ts'
import type { OcrOptions } from '../shared/parameters.ts'
import type { Evidence } from './recognise/calibration.ts'

/** One way to read the ink, best first in `Reading.candidates`. */
type Candidate = { readonly tokens: readonly string[]; readonly confidence: number }

/** A token, or a word of a text, that is drawn: how sure it is, 0…1, and where its ink lies in the input image, if that is known. */
export type DrawnToken = { readonly token: string; readonly confidence: number; readonly box?: Region }

type ReadWord = { readonly text: string; readonly confidence: number; readonly box: Region }

/** Words, or one formula, on a line. Boxes are in pixels of the input image. */
export type ReadSegment =
  | {
      readonly kind: 'prose'
      readonly text: string
      readonly words: readonly ReadWord[]
      readonly confidence: number
      readonly confidenceRate: number
      readonly box: Region
    }
  | {
      readonly kind: 'math'
      readonly tokens: readonly string[]
      readonly drawn: readonly DrawnToken[]
      readonly confidence: number
      readonly confidenceRate: number
      readonly box: Region
    }

/** One line of a page; `isDisplay` for a formula that has the line to itself. */
export type ReadLine = {
  readonly segments: readonly ReadSegment[]
  readonly isDisplay: boolean
  readonly box: Region
  /** On its page stand words that no language at hand reads; they are left out. */
  readonly hasUnreadWords?: boolean
}

/**
 * How a picture lies: the clockwise turn that makes it upright, and the probability that it needs one. The picture was read so
 * turned where that probability is above `auto_rotate_confidence_threshold`.
 */
export type Rotation = { readonly degrees: 0 | 90 | -90 | 180; readonly confidence: number }

/**
 * What recognition found in one image, before any v3 format is made of it.
 * `tokens` are canonical LaTeX tokens (see shared/latex), `drawn` those of them that put ink on paper, in their order.
 * `confidence` is the estimated probability that all is right, `confidenceRate` the geometric mean per token.
 * `position` is the box of the ink in pixels of the input image. A picture with ink that is no formula is `not-math`.
 */
export type Reading =
  | {
      readonly kind: 'read'
      readonly tokens: readonly string[]
      readonly drawn: readonly DrawnToken[]
      readonly confidence: number
      readonly confidenceRate: number
      readonly position: Region
      readonly isInverted: boolean
      /** Probability in [0,1] that the ink is printed rather than handwritten. */
      readonly isPrinted: number
      readonly imageWidth: number
      readonly imageHeight: number
      readonly candidates: readonly Candidate[]
      readonly rotation: Rotation
      /** What the confidence of a single formula was estimated from. */
      readonly evidence?: Evidence
      /** Where words were read as words: the lines of the page, top to bottom. `tokens` then hold the same in one formula. */
      readonly lines?: readonly ReadLine[]
    }
  | {
      readonly kind: 'blank' | 'not-math'
      readonly isInverted: boolean
      readonly imageWidth: number
      readonly imageHeight: number
      readonly evidence?: Evidence
    }

/** How one image is to be read: the options as they were sent. `region` is in pixels of the upright image. */
export type ReadOptions = OcrOptions & {
  /** The caller wants the words around formulas too: looked for whenever the formula reading is doubtful. */
  readonly wantsWords?: boolean
}

/** A reading in which something was found. */
export type Read = Extract<Reading, { kind: 'read' }>
