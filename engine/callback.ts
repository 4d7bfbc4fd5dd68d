import { fetch, Headers } from 'undici'
import type { Callback } from '../shared/option-values.ts'
import { hasBlockedLiteral } from '../node/address-guard.ts'
import type { DownloadDeps } from '../node/download-image.ts'

const CALLBACK_TIMEOUT_MS = 10_000

/** Headers that belong to the connection, not to the message; the sender of a batch does not set them. */
const connectionHeaders = new Set(
  'content-length transfer-encoding connection host expect upgrade keep-alive'.split(' '),
)

/** What is posted: `reply` with the reserved `batch_id` added, `result`, and the members of `callback.body` beside them. */
export function createCallbackBody(
  callback: Callback,
  result: unknown,
  batch_id?: number,
): Record<string, unknown> {
  const reply = { ...callback.reply, ...(batch_id === undefined ? {} : { batch_id: String(batch_id) }) }
  return { ...callback.body, reply, result }
}

/**
 * One POST, one attempt, ten seconds: delivery is not promised, the poll is. Resolves to whether a 2xx came back; never throws
 * and never logs, because the headers and the address are the receiver's secrets.
 */
export async function postCallback(callback: Callback, body: unknown, deps: DownloadDeps): Promise<boolean> {
  try {
    const headers = new Headers({ 'content-type': 'application/json', 'user-agent': 'Formulift' })
    for (const [name, value] of Object.entries(callback.headers ?? {})) {
      if (!connectionHeaders.has(name.toLowerCase())) headers.set(name, value)
    }
    const url = new URL(callback.post)
    if (deps.isPublic && hasBlockedLiteral(url)) return false
    const response = await fetch(url, {
      method: 'POST',
      dispatcher: deps.agent,
      redirect: 'manual',
      signal: AbortSignal.timeout(deps.timeoutMs ?? CALLBACK_TIMEOUT_MS),
      headers,
      body: JSON.stringify(body),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
