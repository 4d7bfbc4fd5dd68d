import type { OptionRule } from './parameter-kinds.ts'
import { parameterEntries, type ParameterName, type OcrOptions } from './parameters.ts'

export type BrokenRule = { readonly name: ParameterName; readonly rule: OptionRule }

const isOn = (value: unknown): boolean => value !== undefined && value !== null && value !== false

/** The rules between two options that these break, in the order of the table. */
export function findBrokenRules(options: OcrOptions): BrokenRule[] {
  return parameterEntries.flatMap(([name, { rule }]) =>
    rule !== undefined && isOn(options[name]) && isBroken(rule, options[name], options[rule.other])
      ? [{ name, rule }]
      : [],
  )
}

function isBroken({ kind }: OptionRule, value: unknown, other: unknown): boolean {
  if (kind === 'excludes') return isOn(other)
  return !isOn(other) || (typeof value === 'number' && typeof other === 'number' && value > other)
}

/** The other options that a change of this one can bring into contradiction. */
const TOGETHER: readonly (readonly string[])[] = [
  ['ocr_behavior', 'formats'],
  ['formats', 'data_options'],
  ...parameterEntries.flatMap(([name, { rule }]) => (rule ? [[name, rule.other]] : [])),
]

/** Whether a change of an option can be the cause of what is wrong with another one. */
export function concerns(changed: string, member: string): boolean {
  return changed === member || TOGETHER.some((pair) => pair.includes(changed) && pair.includes(member))
}
