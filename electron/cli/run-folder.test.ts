import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRun } from './run-folder.ts'

vi.mock('../write-atomically.ts', () => ({
  writeAtomically: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
}))

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-test-'))
})
afterEach(() => rm(dir, { recursive: true }))

it('a run that cannot be saved leaves no folder', async () => {
  const wanted = { engine: { kind: 'local' }, options: {}, inputs: [], cwd: dir, isJson: false } as const
  await expect(createRun(dir, { ...wanted, inputs: [] }, new Date())).rejects.toMatchObject({
    code: 'ENOSPC',
  })
  expect(await readdir(dir)).toEqual([])
})
