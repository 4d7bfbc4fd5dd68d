import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isInput } from './is-input.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-test-'))
  await mkdir(path.join(dir, 'photos', 'deep'), { recursive: true })
  for (const name of ['a.png', 'photos/b.png', 'photos/deep/c.png', 'photos/old.txt'])
    await writeFile(path.join(dir, name), name)
  await link(path.join(dir, 'a.png'), path.join(dir, 'hard'))
  await symlink('a.png', path.join(dir, 'soft'))
  await link(path.join(dir, 'photos/deep/c.png'), path.join(dir, 'hard-c'))
})
afterEach(() => rm(dir, { recursive: true }))

it.each([
  ['a.png', true],
  ['photos/../a.png', true],
  ['hard', true],
  ['soft', true],
  ['photos/deep/c.png', true],
  ['hard-c', true],
  ['photos/old.txt', false],
  ['photos', false],
  ['new.txt', false],
])('%s is an image that is read: %s', async (name, wanted) => {
  const inputs = ['a.png', 'missing.png', 'photos'].map((input) => path.join(dir, input))
  expect(await isInput(path.join(dir, name), [...inputs, 'https://example.org/a.png'])).toBe(wanted)
})
