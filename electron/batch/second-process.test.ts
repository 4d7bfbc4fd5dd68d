import type { ChildProcess } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FolderInUseError } from '../../node/folder-lock.ts'
import { holdElsewhere, kill } from '../../testing/node/hold-folder.ts'
import { ServiceKit } from '../../testing/electron/service-kit.ts'

let kit: ServiceKit
const children: ChildProcess[] = []
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  await kit.stop()
})

/** What another process says that tries to hold the folder of batches. */
async function tryElsewhere(): Promise<string> {
  const { said, child } = await holdElsewhere(path.join(kit.dir, 'batches'))
  children.push(child)
  return said
}

it('opens no folder of batches that another process has, and writes nothing', async () => {
  expect(await tryElsewhere()).toBe('held')
  const before = await readdir(kit.dir)
  await expect(kit.open()).rejects.toThrow(FolderInUseError)
  expect(await readdir(kit.dir)).toEqual(before)
  await Promise.all(children.splice(0).map(kill))
  await kit.open()
  await kit.batchWith(1)
})

it('holds its folder until it is closed', async () => {
  await kit.open()
  expect(await tryElsewhere()).toBe('EADDRINUSE')
  await kit.service.close()
  expect(await tryElsewhere()).toBe('held')
})
