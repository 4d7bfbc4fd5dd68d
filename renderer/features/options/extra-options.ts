import type { OcrBehavior } from '../../../shared/option-values.ts'
import type { OcrOptions } from '../../../shared/parameters.ts'
import { findParameter } from '../../../shared/parameters.ts'
import type { OptionPatch } from './apply-patch.ts'

/** Every option that the form has no field for. */
export function pickExtra(options: OcrOptions): OcrOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !findParameter(name)?.field))
}

export function writeExtra(extra: OcrOptions): string {
  return Object.keys(extra).length === 0 ? '' : JSON.stringify(extra, undefined, 2)
}

export type ReadExtra =
  /** `notes` say what will have no effect, or what nobody has documented; it is sent all the same. */
  | { readonly ok: true; readonly extra: OcrOptions; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: string }

/** What is typed, or in plain words why it cannot be sent. Nothing typed is no options. */
export function readExtra(text: string, kind: 'batch' | 'items', behaviour: OcrBehavior): ReadExtra {
  const value = text.trim() === '' ? {} : parseJson(text)
  if (value === undefined) return { ok: false, problem: NOT_JSON }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, problem: 'Write the options between { and }.' }
  const members = Object.entries(value)
  const problem = members.map(([name, member]) => checkMember(name, member, kind)).find(Boolean)
  if (problem !== undefined) return { ok: false, problem }
  const notes = members.flatMap(([name]) => describeMember(name, behaviour) ?? [])
  return { ok: true, extra: value as OcrOptions, notes }
}

/** The change that makes `kept` into `wanted`. */
export function patchExtra(kept: OcrOptions, wanted: OcrOptions): OptionPatch {
  return { ...Object.fromEntries(Object.keys(kept).map((name) => [name, undefined])), ...wanted }
}

const NOT_JSON = 'Not JSON yet: names and texts stand in "double quotes", members are divided by commas.'

/** Names that an option cannot have in a batch, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  urls: 'is made from the images.',
  url: 'is made from the image.',
  src: 'is made from the image.',
  async: 'is for single images; a batch is always answered later.',
}

function checkMember(name: string, value: unknown, kind: 'batch' | 'items'): string | undefined {
  if (Object.hasOwn(REFUSED, name)) return `“${name}” ${REFUSED[name] ?? ''}`
  const parameter = findParameter(name)
  if (parameter?.field) return `“${name}” has a field of its own above.`
  if (kind === 'items' && parameter?.level === 'batch') return `“${name}” is for the whole batch.`
  if (!parameter || parameter.schema.safeParse(value).success) return undefined
  return `“${name}” has to be ${parameter.wants}.`
}

function describeMember(name: string, behaviour: OcrBehavior): string | undefined {
  const parameter = findParameter(name)
  if (!parameter) return `“${name}” is not documented. It is sent as it is.`
  if (parameter.behaviour === 'both' || parameter.behaviour === behaviour) return undefined
  return `“${name}” has an effect in ${parameter.behaviour} behaviour only.`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
