import type { SignBox } from '../spot/spotted-sign.ts'

/**
 * What a sign is to its parent. A row is a chain: each item hangs on the one before it. An item is led by one sign (the bar of a fraction, the surd
 * of a root, an accent, an operator) that owns what stands around it; names and words are chains of letters, whose last letter is followed.
 * The order is part of the linker's weights: append only.
 */
export const relations = [
  /** The next item of the row. */
  'right',
  /** The next letter of an upright name or word. */
  'letter',
  /** The next letter of a text, after a blank. */
  'word',
  /** The next item of the row, after a wide gap. */
  'wide',
  /** The number of the formula at its end, or the item that its bracket begins. */
  'tag',
  /** What follows a table: its parent is the first sign of the table's first cell. */
  'after',
  'superscript',
  'subscript',
  /** Over a bar, an arrow, a brace or an operator; the upper number of a binomial hangs on its opening bracket. */
  'over',
  'under',
  /** Under a root or an accent, within a frame, under a stroke. */
  'inside',
  /** The index of a root. */
  'index',
  /** The first sign of the next cell that is not empty. */
  'cell',
  /** The first sign of the next row: its parent is the first sign of the row before. */
  'row',
  /** A rule of a table: its parent is the first sign of the table's first cell. */
  'rule',
  /** Scripts before a sign. */
  'presuperscript',
  'presubscript',
] as const
export type Relation = (typeof relations)[number]

/**
 * How a sign is spelled: plain, or in the argument of a command. Letters of functions are `operatorname`. The order is part of the linker's
 * weights: append only.
 */
export const spellings = [
  'plain',
  'text',
  'operatorname',
  'mathrm',
  'mathbf',
  'mathbb',
  'mathcal',
  'mathfrak',
] as const
export type Spelling = (typeof spellings)[number]

/** A sign with its place in the tree of its formula. */
export type LinkedSign = {
  readonly token: string
  readonly spelling: Spelling
  /** Left, top, right and bottom of its ink, y downwards, in any unit. */
  readonly box: SignBox
  /** Place of the parent in the list; -1 for the first sign of all. */
  readonly parent: number
  readonly relation: Relation
}
