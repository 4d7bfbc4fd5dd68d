import { Callback } from '../../shared/option-values.ts'
import type { OcrOptions } from '../../shared/parameters.ts'

/** Stands in for a header value that the page may not see; sent back unchanged it means "as before". */
const HIDDEN_VALUE = '••••••'

/**
 * Header values of a callback count as secrets: they are kept in main, and the options that the page sees
 * hold a stand-in. A stand-in that comes back keeps the stored value.
 */
export function separateCallbackSecrets(
  options: OcrOptions,
  stored: Readonly<Record<string, string>>,
): { options: OcrOptions; headers: Record<string, string> } {
  const callback = Callback.safeParse(options['callback'])
  if (!callback.success || !callback.data.headers) return { options, headers: {} }
  const headers = Object.fromEntries(
    Object.entries(callback.data.headers).map(([name, value]) => [
      name,
      value === HIDDEN_VALUE ? (storedValue(stored, name) ?? '') : value,
    ]),
  )
  const hidden = Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN_VALUE]))
  return { options: { ...options, callback: { ...callback.data, headers: hidden } }, headers }
}

function storedValue(stored: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(stored, name) ? stored[name] : undefined
}
