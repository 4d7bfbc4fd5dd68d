import type { Socket } from 'node:net'

export type RawRequest = {
  readonly method: string
  readonly path: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/**
 * Reads one HTTP/1.1 request with a `Content-Length` or no body from a bare socket; undefined when the connection
 * ends before or speaks something else. `onHead` sees the request without its body and says whether the body is to be read.
 */
export async function readRequest(
  socket: Socket,
  onHead: (head: RawRequest) => boolean,
): Promise<RawRequest | undefined> {
  /** Until the head is whole, all of it; then the body. */
  let chunks: Buffer[] = []
  let size = 0
  let head: RawRequest | undefined
  return new Promise((resolve) => {
    const finish = (request: RawRequest | undefined) => {
      socket.off('data', take).off('end', lose).off('close', lose).pause()
      resolve(request)
    }
    const lose = () => finish(undefined)
    const take = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (!head) {
        const seen = Buffer.concat(chunks)
        if (!/^[A-Z]/.test(seen.toString('latin1', 0, 1))) {
          lose()
          return
        }
        const end = seen.indexOf('\r\n\r\n')
        if (end < 0) return
        head = parseHead(seen.subarray(0, end).toString('latin1'))
        if (!onHead(head)) {
          finish(head)
          return
        }
        chunks = [seen.subarray(end + 4)]
        size -= end + 4
      }
      const length = Number(head.headers.get('content-length') ?? 0)
      if (size >= length) finish({ ...head, body: Buffer.concat(chunks).subarray(0, length) })
    }
    socket.on('data', take).on('end', lose).on('close', lose).resume()
  })
}

function parseHead(text: string): RawRequest {
  const [start = '', ...lines] = text.split('\r\n')
  const [method = '', path = ''] = start.split(' ')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return { method, path, headers: new Map(headers), body: Buffer.alloc(0) }
}
