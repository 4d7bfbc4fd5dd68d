import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataFolderTakenError, lockDataFolder } from './data-lock.ts'
import { createDataDir, startTestEngine } from './testing/test-engine.ts'

let dir: string
let removeData: () => Promise<void>

beforeEach(async () => {
  const data = await createDataDir()
  dir = data.path
  removeData = data.remove
})
afterEach(() => removeData())

const leaveBehind = (name: string, holder: unknown) => writeFile(join(dir, name), JSON.stringify(holder))
const locks = async () => (await readdir(dir)).filter((name) => name.startsWith('lock'))

/** The number of a process that has ended. */
async function findDeadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'exit')
  return child.pid ?? 0
}

/** Starts so many at once; answers how many got the folder, and gives it back. */
async function race(starters: number): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: starters }, () => lockDataFolder(dir)))
  const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const lost = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  )
  for (const reason of lost) expect(reason).toBeInstanceOf(DataFolderTakenError)
  for (const lock of won) await lock.release()
  return won.length
}

describe('a data folder', () => {
  it('belongs to one of many that start at once, and to the next one afterwards', async () => {
    for (let round = 0; round < 10; round += 1) expect(await race(8)).toBe(1)
    expect(await locks()).toEqual([])
  })

  it('belongs to one of many that find what a killed one left', async () => {
    const pid = await findDeadPid()
    for (let round = 0; round < 10; round += 1) {
      await leaveBehind('lock.7', { pid, born: 'long ago' })
      expect(await race(8)).toBe(1)
      expect(await locks()).toEqual([])
    }
  })

  it('is free when the number of its holder is another process by now, where the system tells', async () => {
    await leaveBehind('lock.1', { pid: process.ppid, born: 'another time' })
    expect(await race(1)).toBe(process.platform === 'win32' ? 0 : 1)
  })

  it('is free when the lock is no lock, once nobody can still be writing it', async () => {
    await writeFile(join(dir, 'lock.3'), '{"pid":')
    await utimes(join(dir, 'lock.3'), 0, 0)
    expect(await race(1)).toBe(1)
  })

  it('names the one that has it and what to do', async () => {
    const lock = await lockDataFolder(dir)
    await expect(lockDataFolder(dir)).rejects.toThrow(
      `another engine (process ${String(process.pid)}) uses the data folder ${dir}; end it, or start this one with another --data folder`,
    )
    await lock.release()
  })
})

describe('an engine', () => {
  it('is the only one of two that start at once', async () => {
    const outcomes = await Promise.allSettled([startTestEngine(dir), startTestEngine(dir)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.close()
    const next = await startTestEngine(dir)
    await next.close()
  })

  it('gives the folder back when it cannot start', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await once(blocker, 'listening')
    const { port } = blocker.address() as AddressInfo
    await expect(startTestEngine(dir, { port })).rejects.toThrow(/EADDRINUSE/)
    blocker.close()
    expect(await locks()).toEqual([])
  })
})
