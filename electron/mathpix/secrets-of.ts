import { Callback } from '../../shared/option-values.ts'

/** Every text by which a server could say the keys of a request back. */
export function secretsOf(
  { app_id, app_key }: { readonly app_id: string; readonly app_key: string },
  others: readonly string[] = [],
): string[] {
  return [app_key, inBase64(app_key), inBase64(`${app_id}:${app_key}`), ...others]
}

/** The values of a callback's headers are secrets too; a scheme in front of one (`Bearer …`) is not. */
export function callbackSecretsOf(callback: unknown): string[] {
  const { headers = {} } = Callback.safeParse(callback).data ?? {}
  return Object.values(headers).flatMap((value) => [value, value.replace(/^\w+\s+/, '')])
}

const inBase64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '')
