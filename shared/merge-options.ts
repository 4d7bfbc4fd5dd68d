import { FIRST_FORMATS, FORMATS } from './option-values.ts'
import type { OcrOptions } from './parameters.ts'

/** Members that belong to the batch or name the image, and so are never an option of one image. */
const batchMembers: ReadonlySet<string> = new Set(['urls', 'callback', 'url', 'src'])

/**
 * The options that hold for one image: the top-level ones overlaid with the image's own, name by name. A nested object
 * replaces the other whole (the protocol does not promise a deep merge); a member that is `undefined` counts as absent.
 */
export function mergeOptions(topLevel: OcrOptions, ownOptions: OcrOptions = {}): OcrOptions {
  // Written through entries so that a member called `__proto__` stays plain data.
  const merged = new Map<string, unknown>()
  for (const options of [topLevel, ownOptions]) {
    for (const [name, value] of Object.entries(options)) {
      if (!batchMembers.has(name) && value !== undefined) merged.set(name, value)
    }
  }
  return Object.fromEntries(merged)
}

/**
 * The options of an image as the window shows them and as they are sent: those of the batch overlaid with its own. Formats that its
 * behaviour does not know are not inherited.
 */
export function effectiveOptions(batch: OcrOptions, own: OcrOptions = {}): OcrOptions {
  const merged = mergeOptions(batch, own)
  const { ocr_behavior: behaviour = 'latex', formats } = merged
  const isForeign = behaviour !== (batch.ocr_behavior ?? 'latex') && own.formats === undefined
  if (!isForeign || formats === undefined) return merged
  const known: readonly string[] = FORMATS[behaviour]
  const inherited = formats.filter((format) => known.includes(format))
  return { ...merged, formats: inherited.length > 0 ? inherited : [FIRST_FORMATS[behaviour][0]] }
}
