import type { OcrOptions } from '../../../shared/parameters.ts'
import { effectiveOptions } from '../../../shared/merge-options.ts'

/** A member of the options by its wire name. */
export type OptionName = string

/** Members to set; `undefined` takes a member away: from the batch altogether, from an image back to the batch's value. */
export type OptionPatch = { readonly [Name in keyof OcrOptions]?: OcrOptions[Name] | undefined }

/** The effective options after a change. */
export function applyPatch(
  batchOptions: OcrOptions,
  overrides: OcrOptions,
  patch: OptionPatch,
  kind: 'batch' | 'items',
): OcrOptions {
  return kind === 'batch'
    ? withoutUndefined({ ...batchOptions, ...patch })
    : effectiveOptions(batchOptions, withoutUndefined({ ...overrides, ...patch }))
}

/** The members that a patch sets. */
export function withoutUndefined(options: OptionPatch): OcrOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
