import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimRun, isRunClaimed } from './run-lock.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-lock-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

describe('the claim on a run', () => {
  it('is for one at a time', async () => {
    const claims = await Promise.all(Array.from({ length: 5 }, () => claimRun(dir)))
    const held = claims.filter((claim) => claim !== undefined)
    expect(held).toHaveLength(1)
    expect(await isRunClaimed(dir)).toBe(true)
    await held[0]?.release()
    expect(await isRunClaimed(dir)).toBe(false)
    expect(await claimRun(dir)).toBeDefined()
  })

  it.each([
    ['a process that ended', JSON.stringify({ pid: 2 ** 22 + 1, born: '1' })],
    ['another program with the same number', JSON.stringify({ pid: process.pid, born: 'long ago' })],
    ['half a file', '{"pid":'],
  ])('of %s does not count', async (_name, text) => {
    await writeFile(path.join(dir, 'lock'), text)
    expect(await isRunClaimed(dir)).toBe(false)
    expect(await claimRun(dir)).toBeDefined()
    expect(await claimRun(dir)).toBeUndefined()
  })
})
