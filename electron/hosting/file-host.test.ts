import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeHostToken, startFileHost, type FileHost } from './file-host.ts'

let dir: string
let host: FileHost
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-host-'))
  host = await startFileHost()
})
afterEach(async () => {
  await host.close()
  await rm(dir, { recursive: true, force: true })
})

const get = (target: string, init?: RequestInit) => fetch(`http://127.0.0.1:${host.port}${target}`, init)

describe('the file host', () => {
  it('serves what was added, until it is removed', async () => {
    const file = path.join(dir, 'a.png')
    await writeFile(file, 'bytes')
    const token = makeHostToken('image/png')
    const address = host.add(token, { file, mime: 'image/png' })
    const answer = await get(address)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(await answer.text()).toBe('bytes')
    const head = await get(address, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '5'])
    host.remove(token)
    expect((await get(address)).status).toBe(404)
  })

  it('serves nothing else, by no other method', async () => {
    const token = makeHostToken('image/png')
    const address = host.add(token, { file: path.join(dir, 'gone.png'), mime: 'image/png' })
    for (const target of [
      address,
      '/',
      '/i/',
      '/i/../../etc/passwd',
      `/i/${token.toLowerCase()}x.png`,
      '/i/constructor',
    ]) {
      expect((await get(target)).status).toBe(404)
    }
    expect((await get(address, { method: 'POST' })).status).toBe(405)
  })

  it('takes the port it had, or another when that is taken', async () => {
    const second = await startFileHost(host.port)
    expect(second.port).not.toBe(host.port)
    await second.close()
    const { port } = host
    await host.close()
    host = await startFileHost(port)
    expect(host.port).toBe(port)
  })

  it('gives addresses that nobody guesses', () => {
    const tokens = new Set(Array.from({ length: 100 }, () => makeHostToken('image/jpeg')))
    expect(tokens.size).toBe(100)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{32}\.jpg$/)
  })
})
