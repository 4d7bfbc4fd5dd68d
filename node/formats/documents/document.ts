import type { ResultLine } from '../../../shared/result-line.ts'
import type { Formula } from '../write-formulas.ts'

/** One image of a document. */
export type DocumentItem = {
  readonly line: ResultLine
  /** Absent where nothing was read. */
  readonly formula?: Formula
  /** Why it was not, in plain words. */
  readonly error?: string
  /** The upright image; for documents that show it. */
  readonly readImage?: () => Promise<{ readonly bytes: Uint8Array; readonly mime: string } | undefined>
}

export type WrittenDocument = {
  readonly content: string | Uint8Array
  /** Why formulas stand there as LaTeX, one line each. */
  readonly problems: readonly string[]
}

export type WriteDocument = (items: readonly DocumentItem[], title: string) => Promise<WrittenDocument>
