import { createHash, timingSafeEqual } from 'node:crypto'
import type http from 'node:http'
import { nanoid } from 'nanoid'
import { readLimited } from '../../node/read-limited.ts'
import { cutDepth } from '../cut-depth.ts'

/** Both are secrets: the last part of the path, and what follows `Bearer ` in the header. */
export type CallbackSecret = { readonly id: string; readonly token: string }

/** About 190 bits each, as for a hosted image. */
export function makeCallbackSecret(): CallbackSecret {
  return { id: nanoid(32), token: nanoid(32) }
}

export const callbackPath = ({ id }: CallbackSecret) => `/c/${id}`

/** Results of 100 images with word data stay far below. */
const MAX_BODY_BYTES = 32 * 1024 * 1024

type Expected = { readonly digest: Buffer; readonly listener: (body: unknown) => void }

/**
 * Takes the POSTs by which engines report that a batch is done, under paths that cannot be guessed and with a bearer token. Answers
 * 204 as soon as the body is read and hands it on afterwards. Who sends, when, how often and what is for the listener to judge: here
 * only what does not know both secrets, is too large or is no JSON is turned away. A wrong token looks like a wrong path.
 */
export class CallbackReceiver {
  readonly #expected = new Map<string, Expected>()

  /** Hands on what comes under this secret from now on; a later listener replaces an earlier one. */
  expect({ id, token }: CallbackSecret, listener: (body: unknown) => void): void {
    this.#expected.set(id, { digest: digestOf(`Bearer ${token}`), listener })
  }

  forget({ id }: CallbackSecret): void {
    this.#expected.delete(id)
  }

  /** False when the request is not for a callback path; else it is answered here. */
  handle(request: http.IncomingMessage, response: http.ServerResponse): boolean {
    const id = /^\/c\/([\w-]+)$/.exec(request.url ?? '')?.[1]
    if (id === undefined) return false
    void this.#take(id, request, response).catch(() => response.destroy())
    return true
  }

  async #take(id: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const expected = this.#expected.get(id)
    const given = digestOf(request.headers.authorization ?? '')
    if (!expected || !timingSafeEqual(given, expected.digest)) {
      refuse(response, 404)
      return
    }
    if (request.method !== 'POST') {
      refuse(response, 405)
      return
    }
    const text = await readBody(request)
    if (text === undefined) {
      refuse(response, 413)
      return
    }
    const body = parse(text)
    if (body === undefined) {
      refuse(response, 400)
      return
    }
    response.writeHead(204).end()
    expected.listener(body)
  }
}

/** The connection ends with it: the body is not read to its end. */
function refuse(response: http.ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close', ...(status === 405 ? { allow: 'POST' } : {}) }).end()
}

/** Digests have one length whatever was sent, so that comparing them tells nothing by its time. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

async function readBody(request: http.IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return undefined
  return (await readLimited(request, MAX_BODY_BYTES))?.toString('utf8')
}

function parse(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text)
    cutDepth(body)
    return body
  } catch {
    return undefined
  }
}
