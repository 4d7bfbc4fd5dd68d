import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createRun } from './run-folder.ts'

/** Characters of a path that the system takes, without the end mark. */
const longestPath = process.platform === 'darwin' ? 1023 : 4095

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-test-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** A folder in which a run's folder has just room for its name, and a file in that has none. */
async function makeDeepFolder(): Promise<string> {
  const length = longestPath - '/12345678'.length - 1
  let deep = dir
  while (deep.length < length - 200) deep = path.join(deep, 'd'.repeat(100))
  deep = path.join(deep, 'd'.repeat(length - deep.length - 1))
  await mkdir(deep, { recursive: true })
  return deep
}

it('a run that cannot be saved leaves no folder', async () => {
  const deep = await makeDeepFolder()
  const wanted = { engine: { kind: 'local' }, options: {}, inputs: [], cwd: dir, isJson: false } as const
  await expect(createRun(deep, { ...wanted, inputs: [] }, new Date())).rejects.toMatchObject({
    code: 'ENAMETOOLONG',
  })
  expect(await readdir(deep)).toEqual([])
})
