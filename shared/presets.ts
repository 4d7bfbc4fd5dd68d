import { FIRST_FORMATS } from './option-values.ts'
import { DEFAULT_OPTIONS, parameterEntries, type OcrOptions } from './parameters.ts'

/** A set of options under a name. What belongs to one image or to one job is never part of it. */
export type Preset = { readonly name: string; readonly says: string; readonly options: OcrOptions }

/** Where an image is looked at, whom the server tells, what it may do with the images: kept whatever preset is chosen. */
const KEPT: ReadonlySet<string> = new Set(['region', 'callback', 'metadata', 'tags'])

const { rm_spaces } = DEFAULT_OPTIONS

export const PRESETS: readonly Preset[] = [
  {
    name: 'One formula',
    says: 'Each image is one formula, of one or of several lines. LaTeX comes back.',
    options: { ocr_behavior: 'latex', formats: [...FIRST_FORMATS.latex], rm_spaces },
  },
  {
    name: 'Text with formulas',
    says: 'Words and formulas are read as they stand. Markdown with LaTeX comes back.',
    options: { ocr_behavior: 'text', formats: [...FIRST_FORMATS.text], rm_spaces },
  },
]

/** Those of the options that a preset holds. */
export function presetOptions(options: OcrOptions): OcrOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => !KEPT.has(name) && value !== undefined),
  )
}

/** What has to be set, and with `undefined` taken away, so that options become those of a preset. */
export function patchToPreset(options: OcrOptions, preset: OcrOptions): Record<string, unknown> {
  const names = [...parameterEntries.map(([name]) => name as string), ...Object.keys(options)]
  return Object.fromEntries(
    names
      .filter((name) => !KEPT.has(name) && (name in options || name in preset))
      .map((name) => [name, preset[name]]),
  )
}

/** Whether options are those of a preset, whatever their order. */
export function isPreset(options: OcrOptions, preset: OcrOptions): boolean {
  const [one, other] = [presetOptions(options), presetOptions(preset)]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
}
