import { getEventListeners } from 'node:events'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Agent } from 'undici'
import { createOutboundAgent } from '../node/address-guard.ts'
import { LIMITS } from '../shared/protocol-limits.ts'
import { fetchImage } from './fetch-image.ts'
import { startImageHost, type ImageHost } from '../testing/engine/image-host.ts'

let host: ImageHost
let agent: Agent
let guardedAgent: Agent

beforeAll(async () => {
  agent = createOutboundAgent({ isPublic: false })
  guardedAgent = createOutboundAgent({ isPublic: true })
  host = await startImageHost({
    '/ok.png': Buffer.from('bytes'),
    '/packed': (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('bytes')),
    '/bomb': (_request, response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(LIMITS.image.taken + 1))),
    '/error': (_request, response) => response.writeHead(503).end(),
    '/announced': (_request, response) => {
      response.writeHead(200, { 'content-length': LIMITS.image.taken + 1 })
      response.write('x')
    },
    '/endless': (_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024)
      const pour = (): void => {
        while (response.write(chunk));
      }
      response.on('drain', pour).on('error', () => undefined)
      pour()
    },
    '/limit': Buffer.alloc(LIMITS.image.taken),
    '/slow': (_request, response) => void response.writeHead(200).write('x'),
    '/silent': () => undefined,
    '/cut': (_request, response) => {
      response.writeHead(200, { 'content-length': '10' })
      response.write('x', () => response.destroy())
    },
    '/relative': (_request, response) => response.writeHead(302, { location: 'ok.png' }).end(),
    '/loop': (_request, response) => response.writeHead(301, { location: '/loop' }).end(),
    '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/nowhere': (_request, response) => response.writeHead(302).end(),
  })
})

afterAll(async () => {
  await agent.destroy()
  await guardedAgent.destroy()
  await host.close()
})

const fetchText = async (address: string, timeoutMs = 5000): Promise<unknown> => {
  const outcome = await fetchImage(address, { agent, isPublic: false, timeoutMs })
  return outcome.ok ? Buffer.from(outcome.value).toString() : outcome.error
}

describe('fetchImage', () => {
  it('brings the bytes, over redirects too', async () => {
    expect(await fetchText(host.url('/ok.png'))).toBe('bytes')
    expect(await fetchText(host.url('/relative'))).toBe('bytes')
  })

  it('unpacks what a host packs, within the same limit', async () => {
    expect(await fetchText(host.url('/packed'))).toBe('bytes')
    expect(await fetchText(host.url('/bomb'))).toMatchObject({
      message: expect.stringContaining('not unpacked to 10 MB or less') as string,
    })
  })

  it('leaves nothing at the signal that outlives it', async () => {
    const { signal } = new AbortController()
    const fetchOne = () => fetchImage(host.url('/ok.png'), { agent, isPublic: false, signal })
    await Promise.all(Array.from({ length: 20 }, fetchOne))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('takes exactly ten megabytes', async () => {
    const outcome = await fetchImage(host.url('/limit'), { agent, isPublic: false })
    expect(outcome.ok && outcome.value.length).toBe(LIMITS.image.taken)
  })

  const failures: readonly (readonly [string, RegExp])[] = [
    ['/missing', /404/],
    ['/error', /503/],
    ['/announced', /10 MB/],
    ['/endless', /10 MB/],
    ['/cut', /connection/],
    ['/loop', /redirects/],
    ['/to-file', /http and https/],
    ['/nowhere', /302/],
  ]
  it.each(failures)('%s is image_download_error', async (path, message) => {
    const url = host.url(path)
    expect(await fetchText(url)).toEqual({
      id: 'image_download_error',
      message: expect.stringMatching(message) as string,
      detail: { url },
    })
  })

  it('follows at most five redirects', async () => {
    const before = host.requests.length
    await fetchText(host.url('/loop'))
    expect(host.requests.length - before).toBe(6)
  })

  it.each(['/slow', '/silent'])('%s ends with the time limit', async (path) => {
    expect(await fetchText(host.url(path), 100)).toMatchObject({ id: 'image_download_error' })
  })

  it.each(['', 'no url', 'ftp://host.invalid/a.png', 'file:///etc/passwd', 'javascript:1', 'http://'])(
    'does not fetch %j',
    async (address) => {
      expect(await fetchText(address)).toMatchObject({ id: 'image_download_error' })
    },
  )

  it('never repeats credentials or query values', async () => {
    const address = host.url('/missing?signature=secret-1&x=secret-2#frag').replace('//', '//user:secret-3@')
    const error = await fetchText(address)
    expect(JSON.stringify(error)).not.toMatch(/secret|user/)
    expect(error).toMatchObject({ detail: { url: host.url('/missing?signature=…&x=…') } })
  })
})

describe('a public engine', () => {
  const fetchGuarded = (address: string): Promise<unknown> =>
    fetchImage(address, { agent: guardedAgent, isPublic: true, timeoutMs: 5000 })

  it('reaches no loopback address, neither written nor resolved', async () => {
    const before = host.requests.length
    for (const name of [
      '127.0.0.1',
      'localhost',
      '[::ffff:127.0.0.1]',
      '[::127.0.0.1]',
      '2130706433',
      '0x7f.1',
    ]) {
      const address = host.url('/ok.png').replace('127.0.0.1', name)
      expect(await fetchGuarded(address)).toMatchObject({
        error: { message: expect.stringMatching(/not allowed/) as string },
      })
    }
    expect(host.requests).toHaveLength(before)
  })
})
