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
  let seen = Buffer.alloc(0)
  let head: RawRequest | undefined
  let bodyStart = 0
  return new Promise((resolve) => {
    const finish = (request: RawRequest | undefined) => {
      socket.off('data', take).off('end', lose).off('close', lose).pause()
      resolve(request)
    }
    const lose = () => finish(undefined)
    const take = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk])
      if (!head) {
        if (!/^[A-Z]/.test(seen.toString('latin1', 0, 1))) {
          lose()
          return
        }
        const end = seen.indexOf('\r\n\r\n')
        if (end < 0) return
        bodyStart = end + 4
        head = parseHead(seen.subarray(0, end).toString('latin1'))
        if (!onHead(head)) {
          finish(head)
          return
        }
      }
      const length = Number(head.headers.get('content-length') ?? 0)
      if (seen.length >= bodyStart + length) {
        finish({ ...head, body: seen.subarray(bodyStart, bodyStart + length) })
      }
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
