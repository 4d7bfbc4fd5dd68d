import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchUrlImage } from './fetch-url-image.ts'

let server: http.Server
let answer: http.RequestListener
let requests = 0
beforeEach(async () => {
  requests = 0
  server = http.createServer((request, response) => {
    requests += 1
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const get = () =>
  fetchUrlImage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, new AbortController().signal)

describe('the copy of an image behind an address', () => {
  it('follows a redirect', async () => {
    answer = (request, response) =>
      request.url === '/x' ? response.writeHead(302, { location: '/y' }).end() : response.end('bytes')
    expect(Buffer.from((await get()) ?? []).toString()).toBe('bytes')
  })

  it('ends in a redirect loop after five', async () => {
    answer = (_, response) => response.writeHead(302, { location: '/x' }).end()
    expect(await get()).toBeUndefined()
    expect(requests).toBe(6)
  })

  it('is not larger than an engine would take, whatever the headers say', async () => {
    answer = (_, response) => {
      const chunk = Buffer.alloc(1_000_000)
      const write = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', write)
      }
      write()
    }
    expect(await get()).toBeUndefined()
  })

  it.each([
    ['missing', 404, {}],
    ['elsewhere without an address', 302, {}],
    ['elsewhere with a password', 302, { location: 'http://u:p@127.0.0.1/' }],
    ['on this disk', 302, { location: 'file:///etc/passwd' }],
  ])('is nothing when it is %s', async (_, status, headers) => {
    answer = (__, response) => response.writeHead(status, headers).end()
    expect(await get()).toBeUndefined()
  })
})
