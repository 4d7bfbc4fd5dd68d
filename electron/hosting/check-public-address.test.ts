import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Tunnel, type TunnelMode } from '../../testing/electron/tunnel.ts'
import { checkPublicAddress } from './check-public-address.ts'
import { startFileHost, type FileHost } from './file-host.ts'
import { isPrivateHost } from './private-hosts.ts'

let host: FileHost
let tunnel: Tunnel
beforeEach(async () => {
  host = await startFileHost()
  tunnel = await Tunnel.start(host.port)
})
afterEach(async () => {
  await tunnel.stop()
  await host.close()
})

describe('the check of a public address', () => {
  it('finds the host through a tunnel, by the path of an image, and leaves nothing behind', async () => {
    expect(await checkPublicAddress(`${tunnel.base}/`, host)).toEqual({ ok: true, isPrivate: true })
    expect(tunnel.paths).toEqual([expect.stringMatching(/^\/i\/[\w-]{32}\.png$/)])
    expect((await fetch(`http://127.0.0.1:${host.port}${tunnel.paths[0] ?? ''}`)).status).toBe(404)
  })

  it.each<[TunnelMode, RegExp]>([
    ['down', /does not reach this app \(HTTP 502\)/],
    ['wrong_page', /Something else answers there/],
    ['elsewhere', /sends on to another address \(HTTP 302\)/],
    ['not_found', /does not lead to this app \(HTTP 404\)/],
  ])('says what is wrong: %s', async (mode, words) => {
    tunnel.mode = mode
    const check = await checkPublicAddress(tunnel.base, host)
    expect(check).toEqual({ ok: false, problem: expect.stringMatching(words) as unknown })
  })

  it('gives up on an address that is silent', async () => {
    tunnel.mode = 'silent'
    const check = await checkPublicAddress(tunnel.base, host, 200)
    expect(check).toEqual({ ok: false, problem: 'It did not answer in time.' })
  })

  it('is not taken in by another app that has the same kind of host', async () => {
    const other = await startFileHost()
    const check = await checkPublicAddress(`http://127.0.0.1:${other.port}`, host)
    await other.close()
    expect(check).toEqual({
      ok: false,
      problem: expect.stringMatching(/does not lead to this app/) as unknown,
    })
  })

  it('says that nobody answers once the tunnel is gone', async () => {
    const { base } = tunnel
    await tunnel.stop()
    expect(await checkPublicAddress(base, host)).toEqual({
      ok: false,
      problem: 'Nothing answers there. The tunnel may not be running.',
    })
    tunnel = await Tunnel.start(host.port)
  })

  it.each([
    'tunnel.example',
    'ftp://tunnel.example',
    'https://user:pass@h.example',
    'https://h.example/?a=1',
  ])('takes no address like %s, and asks nobody', async (address) => {
    expect(await checkPublicAddress(address, host)).toMatchObject({ ok: false })
  })

  it('wants encryption outside of a private network', async () => {
    const check = await checkPublicAddress('http://8.8.8.8', host, 50)
    expect(check).toEqual({ ok: false, problem: expect.stringMatching(/begin with https/) as unknown })
  })
})

describe('a private host', () => {
  it.each([
    ['127.0.0.1', true],
    ['[::1]', true],
    ['192.168.1.20', true],
    ['10.0.0.1', true],
    ['localhost', true],
    ['8.8.8.8', false],
    ['[2606:4700::1111]', false],
  ])('%s: %s', async (hostname, isPrivate) => {
    expect(await isPrivateHost(hostname)).toBe(isPrivate)
  })
})
