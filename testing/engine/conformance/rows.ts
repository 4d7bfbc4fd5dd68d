import type { Json, TestEngine } from '../test-engine.ts'
import type { Picture } from './pictures.ts'

/** What shows that a row is true: requests to a running engine and what must come back. */
export type Proof =
  | {
      /** The result with the options has these members; without them it has other ones. */
      readonly kind: 'changes'
      readonly picture: Picture
      readonly without: Json
      readonly with: Json
      readonly gives: Json
    }
  | { readonly kind: 'nothing'; readonly picture: Picture; readonly without: Json; readonly with: Json }
  | { readonly kind: 'refuses'; readonly what: string; readonly with: Json; readonly id: string }
  | { readonly kind: 'shows'; readonly show: (engine: TestEngine) => Promise<void> }

/** One documented parameter. Whether it works, is accepted or refused follows from its proofs. */
export type ParameterRow = {
  readonly name: string
  readonly note: string
  readonly proofs: readonly Proof[]
}

/** One documented member of a result, as a path (`line_data.0.id`). */
export type FieldRow = {
  readonly name: string
  readonly note: string
  readonly picture: Picture
  /** Asked for always. */
  readonly options: Json
  /** Asked for in addition where the member comes only then; it must be absent without. */
  readonly when?: Json
  /** What the member is; without it the member must not be there. */
  readonly value?: unknown
}

export const changes = (picture: Picture, options: Json, gives: Json, without: Json = {}): Proof => ({
  kind: 'changes',
  picture,
  without,
  with: options,
  gives,
})

/** Accepted, whatever is in the picture. */
export const nothing = (options: Json, without: Json = {}, picture: Picture = RICH): Proof => ({
  kind: 'nothing',
  picture,
  without,
  with: options,
})

export const refuses = (what: string, options: Json, id: string): Proof => ({
  kind: 'refuses',
  what,
  with: options,
  id,
})

export const shows = (show: (engine: TestEngine) => Promise<void>): Proof => ({ kind: 'shows', show })

/** Words, numbers, units, fonts, signs and scripts: something for every option to take hold of. */
const RICH =
  '\\text{Find, in } 12\\,\\mathrm{ms} \\text{ (so): } \\mathbf{v}^{2} \\bigcup x=3 \\text{ 1. } 8 \\longdiv{72} \\text{ end}'

/** `Works`, `accepted` or `refused`, from what the proofs show. */
export function judge({ proofs }: ParameterRow): 'works' | 'accepted' | 'refused' {
  if (proofs.some(({ kind }) => kind === 'changes' || kind === 'shows')) return 'works'
  return proofs.some(({ kind }) => kind === 'nothing') ? 'accepted' : 'refused'
}
