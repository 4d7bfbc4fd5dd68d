import { MAX_SENT_BYTES } from './intake-limits.ts'

const TIMEOUT_MS = 15_000
const MAX_REDIRECTS = 5

/**
 * Fetches the image behind an address for display, within the limits that engines keep: 10 MB, 15 s, five
 * redirects. Undefined when that does not work: the engine's own answer about the address is the one that
 * counts.
 */
export async function fetchUrlImage(
  fetchFunction: typeof fetch,
  address: string,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  let url = address
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    try {
      const response = await fetchFunction(url, {
        redirect: 'manual',
        signal: limit,
        headers: { accept: 'image/*' },
      })
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel()
        const location = response.headers.get('location')
        if (location === null || !URL.canParse(location, url)) return undefined
        const next = new URL(location, url)
        if (!/^https?:$/.test(next.protocol) || next.username !== '') return undefined
        url = next.href
        continue
      }
      if (!response.ok || !response.body) {
        await response.body?.cancel()
        return undefined
      }
      return await readLimited(response)
    } catch {
      return undefined
    }
  }
  return undefined
}

async function readLimited(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    // Leaving the loop cancels the download.
    if (size > MAX_SENT_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
