import { z } from 'zod'
import { Delimiters, type OcrBehavior } from './option-values.ts'

/** How an option is set in the window. `own`: by a part of the form that is made for it. */
type ParameterField =
  | {
      readonly kind: 'check'
      readonly group: 'Spaces' | 'Reading'
      readonly label: string
      /** What is sent for it; true and false when absent. */
      readonly values?: { readonly on: unknown; readonly off: unknown }
      /** Where it shows, when that is not where it has an effect. */
      readonly behaviour?: 'both'
      /** The behaviour in which it is on when it is not set. */
      readonly onIn?: OcrBehavior
    }
  | { readonly kind: 'number'; readonly label: string }
  | { readonly kind: 'own' }

/** What an option cannot stand with, or without. Two numbers that need each other: the other one is at least as large. */
export type OptionRule = {
  readonly kind: 'excludes' | 'needs'
  readonly other: string
  /** Said to the user. */
  readonly words: string
  /** The service's own sentence, as far as it is known. */
  readonly sentence?: string
}

/** What a value is, and what it may be. */
type ParameterKind = {
  /** As it is read: any value of this type. */
  readonly type: z.ZodType
  /** As it may be sent. */
  readonly schema: z.ZodType
  /** The same in words. */
  readonly wants: string
}

type More = {
  /** `batch`: at the top level only; `image`: there, and for one image. */
  readonly level?: 'batch' | 'image'
  /** Values that are sent, one after the other, by the tests of the wire; the first stands in the docs. */
  readonly examples: readonly unknown[]
  /** Absent: written as JSON. */
  readonly field?: ParameterField
  /** What a new batch starts with. */
  readonly start?: unknown
  readonly rule?: OptionRule
  /** For an object of switches: what one is that is not named. */
  readonly usualFlag?: boolean
  /** The embedded engine does not look at it, whatever its value. */
  readonly isPassedOver?: true
}

export type Parameter = ParameterKind &
  More & { readonly behaviour: OcrBehavior | 'both'; readonly level: 'batch' | 'image' }

/** One entry of the table: the behaviour in which it has an effect, its kind, and the rest. */
export function of<K extends ParameterKind, M extends More>(
  behaviour: Parameter['behaviour'],
  kind: K,
  more: M,
) {
  return { ...kind, ...more, behaviour, level: more.level ?? ('image' as const) }
}

/** Without a schema every value of the type may be sent. */
export const kindOf = <T extends z.ZodType>(type: T, wants: string, schema: z.ZodType = type) => ({
  type,
  schema,
  wants,
})

export const SWITCH = kindOf(z.boolean(), 'true or false')
export const RATE = kindOf(z.number(), 'a number from 0 to 1', z.number().min(0).max(1))
export const COUNT = kindOf(z.number(), 'a whole number from 1 to 10', z.int().min(1).max(10))
export const TEXTS = kindOf(z.array(z.string()), 'a list of texts')
export const PAIR = kindOf(Delimiters, 'a list of two texts')
export const SWITCHES = kindOf(z.record(z.string(), z.boolean()), 'an object whose members are true or false')
export const ON_OFF: readonly [boolean, boolean] = [true, false]
