import type { ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderInUseError, lockFolder } from './folder-lock.ts'
import { holdElsewhere, kill } from '../testing/node/hold-folder.ts'

let dir: string
const children: ChildProcess[] = []
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-lock-'))
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  await rm(dir, { recursive: true, force: true })
})

async function hold(folder: string): Promise<ChildProcess> {
  const { said, child } = await holdElsewhere(folder)
  children.push(child)
  expect(said).toBe('held')
  return child
}

/** Starts so many at once; answers how many got the folder, and gives it back. */
async function race(starters: number): Promise<number> {
  const attempts = Array.from({ length: starters }, () => lockFolder(dir, { isShared: false }))
  const outcomes = await Promise.allSettled(attempts)
  const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(FolderInUseError)
  for (const lock of won) await lock.release()
  return won.length
}

describe('a folder', () => {
  it('that another process has is refused, named, with what to do, and nothing is written', async () => {
    await hold(dir)
    await expect(lockFolder(dir)).rejects.toThrow(
      `Another Formulift is working with the folder “${dir}”. Quit that one first, or choose another folder.`,
    )
    expect(await readdir(dir)).toEqual([])
  })

  it('is free once its holder was killed, which leaves nothing behind', async () => {
    await kill(await hold(dir))
    const lock = await lockFolder(dir, { isShared: false })
    await lock.release()
  })

  it('is held whichever way its path is written', async () => {
    const real = path.join(dir, 'real')
    await mkdir(real)
    await symlink(real, path.join(dir, 'link'))
    await hold(path.join(real, 'batches'))
    await expect(lockFolder(path.join(dir, 'link', 'batches'))).rejects.toThrow(FolderInUseError)
    await expect(lockFolder(path.join(real, 'x', '..', 'batches'))).rejects.toThrow(FolderInUseError)
  })

  it('belongs to one of many that start at once, and to the next one afterwards', async () => {
    for (let round = 0; round < 10; round += 1) expect(await race(8)).toBe(1)
  })

  it('belongs to one of many that find what a killed one left', async () => {
    for (let round = 0; round < 3; round += 1) {
      await kill(await hold(dir))
      expect(await race(8)).toBe(1)
    }
  })

  it('may be taken again within a process, and is free when all have given it back', async () => {
    const locks = [await lockFolder(dir), await lockFolder(dir)]
    await expect(lockFolder(dir, { isShared: false })).rejects.toThrow(FolderInUseError)
    await locks[0]?.release()
    await locks[0]?.release()
    expect((await holdElsewhere(dir)).said).toBe('EADDRINUSE')
    await locks[1]?.release()
    await hold(dir)
  })
})
