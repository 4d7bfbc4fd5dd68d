import { Callback } from '../../shared/option-values.ts'

/** Every text by which a server could say the keys of a request back. */
export function secretsOf(
  { app_id, app_key }: { readonly app_id: string; readonly app_key: string },
  others: readonly string[] = [],
): string[] {
  const packed = [app_key, `${app_id}:${app_key}`].flatMap(inBase64)
  return [app_key, ...packed, ...insideBase64(app_key), Buffer.from(app_key).toString('hex'), ...others]
}

/** The values of a callback's headers are secrets too; a scheme in front of one (`Bearer …`) is not. */
export function callbackSecretsOf(callback: unknown): string[] {
  const { headers = {} } = Callback.safeParse(callback).data ?? {}
  return Object.values(headers).flatMap((value) => [value, value.replace(/^\w+\s+/, '')])
}

/** With the signs of either alphabet. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text)
  return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')]
}

/** What a text is in the base64 of a longer one, whatever stands before and behind it: three bytes are four signs. */
function insideBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const from = before === 0 ? 0 : 4
    const packed = inBase64('\0'.repeat(before) + text)
    return packed.map((form) => form.slice(from, form.length - (form.length % 4)))
  })
}
