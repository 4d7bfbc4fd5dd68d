import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FolderInUseError, lockFolder, lockNameOf } from './folder-lock.ts'
import { ServiceKit } from './testing/service-kit.ts'

let kit: ServiceKit
const children: ChildProcess[] = []
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await kit.stop()
})

/** Another process that holds the folder, until it is killed. */
async function holdElsewhere(folder: string): Promise<ChildProcess> {
  const program = `require('node:net').createServer().listen(process.argv[1].replace('@', '\\0'), () => console.log('held'))`
  const name = lockNameOf(folder).replace('\0', '@')
  const child = spawn(process.execPath, ['-e', program, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  await once(child.stdout, 'data')
  return child
}

it('of a second process says so, and nothing is written', async () => {
  const dir = path.join(kit.dir, 'batches')
  const child = await holdElsewhere(dir)
  const before = await readdir(kit.dir)
  await expect(kit.open()).rejects.toThrow(FolderInUseError)
  await expect(kit.open()).rejects.toThrow(/Another Formulift is working with the folder/)
  expect(await readdir(kit.dir)).toEqual(before)

  // A kill leaves nothing behind that would have to be cleared.
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  await kit.open()
  await kit.batchWith(1)
})

it('holds whichever way the path is written', async () => {
  const real = path.join(kit.dir, 'real')
  await mkdir(real)
  await symlink(real, path.join(kit.dir, 'link'))
  await holdElsewhere(path.join(real, 'batches'))
  await expect(lockFolder(path.join(kit.dir, 'link', 'batches'))).rejects.toThrow(FolderInUseError)
  await expect(lockFolder(path.join(real, 'x', '..', 'batches'))).rejects.toThrow(FolderInUseError)
})

it('is given back when the service is closed', async () => {
  const dir = path.join(kit.dir, 'batches')
  await kit.open()
  await expect(holdOrFail(dir)).resolves.toBe('EADDRINUSE')
  await kit.service.close()
  await expect(holdOrFail(dir)).resolves.toBe('held')
})

async function holdOrFail(folder: string): Promise<string> {
  const program = `const server = require('node:net').createServer(); server.on('error', ({ code }) => console.log(code)); server.listen(process.argv[1].replace('@', '\\0'), () => console.log('held') ?? server.close())`
  const child = spawn(process.execPath, ['-e', program, lockNameOf(folder).replace('\0', '@')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return said.toString().trim()
}
