import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorEnvelope } from '../shared/mathpix.ts'
import { LIMITS } from '../shared/protocol-limits.ts'

/**
 * What is still taken from a sender that has its answer, bytes and milliseconds. Many clients read only once they have written
 * everything: a body a little over the limit is heard out, so that they see why; anything longer is cut.
 */
const MAX_REST_BYTES = 8 * 1024 * 1024
const MAX_REST_MS = 1000

/** Whether a body follows the headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

export function announcesTooLargeBody({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > LIMITS.body.taken
}

/** The body as it came; nothing where none came. Whatever its label says, the handler decides what it is. */
export function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

/** Answers before the body has been read, and closes the connection: the answer first, then what may still come, then the end. */
export async function answerAndClose(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  envelope: ErrorEnvelope,
): Promise<void> {
  const text = JSON.stringify(envelope)
  reply.hijack()
  reply.raw.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    connection: 'close',
  })
  // Whole, but not ended: Node closes a connection at once that still has something to read, and the answer would be lost with it.
  reply.raw.write(text)
  await discardRest(request.raw)
  reply.raw.end()
}

/** A body that nobody asked for is thrown away, within the same bounds. */
export async function ignoreBody(message: IncomingMessage): Promise<void> {
  if ((await discardRest(message)) === 'cut') message.socket.destroy()
}

function discardRest(message: IncomingMessage): Promise<'ended' | 'cut'> {
  return new Promise((resolve) => {
    let length = 0
    const timer = setTimeout(() => resolve('cut'), MAX_REST_MS)
    const finish = (how: 'ended' | 'cut') => {
      clearTimeout(timer)
      message.pause()
      resolve(how)
    }
    message.on('data', (piece: Buffer) => {
      length += piece.length
      if (length > MAX_REST_BYTES) finish('cut')
    })
    for (const event of ['end', 'close', 'error']) message.once(event, () => finish('ended'))
    if (message.complete) finish('ended')
    else message.resume()
  })
}
