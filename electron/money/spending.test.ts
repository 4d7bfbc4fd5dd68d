import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MATHPIX_EU, MATHPIX_GLOBAL } from '../../shared/settings.ts'
import { accountOf, Spending } from './spending.ts'

let dir: string
let file: string
let now: number
const HOUR = 3_600_000
const open = () => Spending.open(file, () => now)

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-spending-'))
  file = path.join(dir, 'spending.jsonl')
  now = new Date(2026, 10, 24, 12).getTime()
})
afterEach(() => rm(dir, { recursive: true, force: true }))

describe('the count of what is sent', () => {
  it('is on disk before the request may leave, and survives the end of the process', async () => {
    const spending = await open()
    expect((await spending.reserve('a', [{ id: 's1', images: 7 }], 10)).ok).toBe(true)
    expect(await readFile(file, 'utf8')).toContain('"images":7')
    const again = await open()
    expect(again.imagesToday('a')).toBe(7)
    expect(await again.reserve('a', [{ id: 's2', images: 4 }], 10)).toMatchObject({
      ok: false,
      error: { kind: 'daily_limit', wanted: 4, left: 3 },
    })
    await Promise.all([spending.close(), again.close()])
  })

  it('counts a request once however often it is tried, all parts of a run or none', async () => {
    const spending = await open()
    const run = [
      { id: 's1', images: 5 },
      { id: 's2', images: 5 },
    ]
    expect((await spending.reserve('a', run, 9)).ok).toBe(false)
    expect(spending.imagesToday('a')).toBe(0)
    expect((await spending.reserve('a', run, 10)).ok).toBe(true)
    expect((await spending.reserve('a', run.slice(0, 1), 10)).ok).toBe(true)
    expect(spending.imagesToday('a')).toBe(10)
    await spending.close()
  })

  it('does not let two batches share the last images of a day', async () => {
    const spending = await open()
    const both = await Promise.all([
      spending.reserve('a', [{ id: 's1', images: 6 }], 10),
      spending.reserve('a', [{ id: 's2', images: 6 }], 10),
    ])
    expect(both.map(({ ok }) => ok)).toEqual([true, false])
    await spending.close()
  })

  it('gives back what was certainly refused, whole or in part', async () => {
    const spending = await open()
    await spending.reserve('a', [{ id: 's1', images: 6 }], 10)
    await spending.giveBack('s1', 2)
    expect(spending.imagesToday('a')).toBe(4)
    await spending.giveBack('s1')
    await spending.giveBack('unknown')
    await spending.close()
    expect((await open()).imagesToday('a')).toBe(0)
  })

  it('begins anew at midnight, and counts a request on the day it leaves', async () => {
    const spending = await open()
    await spending.reserve('a', [{ id: 's1', images: 9 }], 10)
    now += 13 * HOUR
    expect(spending.imagesToday('a')).toBe(0)
    await spending.reserve('a', [{ id: 's1', images: 9 }], 10)
    expect(spending.imagesToday('a')).toBe(9)
    await spending.close()
  })

  it('passes over half a line, and keeps the others', async () => {
    const spending = await open()
    await spending.reserve('a', [{ id: 's1', images: 2 }], 10)
    await spending.close()
    await appendFile(file, '{"id":"s2","acc')
    const again = await open()
    await again.reserve('a', [{ id: 's3', images: 3 }], 10)
    await again.close()
    expect((await open()).imagesToday('a')).toBe(5)
  })

  it('lets nothing pass that cannot be written', async () => {
    await writeFile(path.join(dir, 'no-folder'), '')
    const spending = await Spending.open(path.join(dir, 'no-folder', 'spending.jsonl'), () => now)
    expect(await spending.reserve('a', [{ id: 's1', images: 1 }], undefined)).toMatchObject({
      ok: false,
      error: { kind: 'storage' },
    })
    expect(spending.imagesToday('a')).toBe(0)
  })
})

describe('an account', () => {
  it('is one at all addresses of Mathpix, another with other keys or at another server, and names no key', () => {
    const global = accountOf(MATHPIX_GLOBAL, 'my-app-id')
    expect(accountOf(MATHPIX_EU, 'my-app-id')).toBe(global)
    expect(accountOf(MATHPIX_GLOBAL, 'other')).not.toBe(global)
    expect(accountOf('http://127.0.0.1:9/', 'my-app-id')).not.toBe(global)
    expect(global).not.toContain('my-app-id')
  })
})
