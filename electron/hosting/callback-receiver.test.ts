import http from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callbackPath, makeCallbackSecret } from './callback-receiver.ts'
import { startFileHost, type FileHost } from './file-host.ts'

let host: FileHost
const secret = makeCallbackSecret()
const got: unknown[] = []
const bearer = `Bearer ${secret.token}`

beforeEach(async () => {
  host = await startFileHost()
  got.length = 0
  host.callbacks.expect(secret, (body) => got.push(body))
})
afterEach(() => host.close())

const post = (init: RequestInit & { path?: string } = {}) =>
  fetch(`http://127.0.0.1:${host.port}${init.path ?? callbackPath(secret)}`, {
    method: 'POST',
    headers: { authorization: bearer },
    body: '{"result":{}}',
    ...init,
  })

describe('the callback receiver', () => {
  it('takes what knows the path and the token', async () => {
    expect((await post()).status).toBe(204)
    expect(got).toEqual([{ result: {} }])
  })

  it('turns the rest away, and a wrong token looks like a wrong path', async () => {
    const wrong = [
      await post({ headers: {} }),
      await post({ headers: { authorization: `Bearer ${makeCallbackSecret().token}` } }),
      await post({ headers: { authorization: secret.token } }),
      await post({ path: callbackPath(makeCallbackSecret()) }),
      await post({ path: '/c/constructor' }),
    ]
    expect(wrong.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await post({ method: 'GET', body: null })).status).toBe(405)
    expect((await post({ body: 'no json' })).status).toBe(400)
    host.callbacks.forget(secret)
    expect((await post()).status).toBe(404)
    expect(got).toEqual([])
  })

  it('reads no body that is too large, announced or not', async () => {
    const size = 33 * 1024 * 1024
    const send = (headers: http.OutgoingHttpHeaders, write: (request: http.ClientRequest) => void) =>
      new Promise((resolve) => {
        const request = http.request(
          { port: host.port, path: callbackPath(secret), method: 'POST', headers },
          (response) => {
            response.resume()
            resolve(response.statusCode)
          },
        )
        request.on('error', () => resolve('cut'))
        write(request)
      })
    expect(
      await send({ authorization: bearer, 'content-length': size }, (request) => request.flushHeaders()),
    ).toBe(413)
    const unannounced = await send({ authorization: bearer }, (request) => {
      const piece = Buffer.alloc(1024 * 1024, 0x20)
      for (let sent = 0; sent < size; sent += piece.length) request.write(piece)
      request.end()
    })
    // The connection may be gone before the answer is read.
    expect([413, 'cut']).toContain(unannounced)
    expect(got).toEqual([])
  })

  it('makes secrets that nobody guesses', () => {
    const all = Array.from({ length: 100 }, makeCallbackSecret).flatMap(({ id, token }) => [id, token])
    expect(new Set(all).size).toBe(200)
    for (const text of all) expect(text).toMatch(/^[\w-]{32}$/)
  })
})
