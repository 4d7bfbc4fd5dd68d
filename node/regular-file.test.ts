import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openForAppend, readRegular, readRegularText, requireRegular } from './regular-file.ts'

let dir = ''
const file = (name: string) => path.join(dir, name)
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-test-'))
  await writeFile(file('text'), 'é')
  await symlink('/dev/zero', file('endless'))
  if (process.platform !== 'win32') execFileSync('mkfifo', [file('pipe')])
})
afterEach(() => rm(dir, { recursive: true }))

describe('a file', () => {
  it('is read and written at its end', async () => {
    expect(await readRegularText(file('text'))).toBe('é')
    for (const name of ['text', 'new']) {
      const handle = await openForAppend(file(name))
      await handle.appendFile('x')
      await handle.close()
    }
    expect(await readFile(file('text'), 'utf8')).toBe('éx')
    expect(await readFile(file('new'), 'utf8')).toBe('x')
    requireRegular(file('text'))
    requireRegular(file('missing'))
  })

  it('that is not there is not made by reading', async () => {
    await expect(readRegular(file('missing'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe.runIf(process.platform !== 'win32')('what is no file', () => {
  it.each([
    ['pipe', 'ENOTREG'],
    ['endless', 'ENOTREG'],
    ['.', 'EISDIR'],
  ])('%s is an error at once', async (name, code) => {
    await expect(readRegular(file(name))).rejects.toMatchObject({ code, path: file(name) })
    expect(() => requireRegular(file(name))).toThrow(expect.objectContaining({ code }))
    // The system itself refuses to write to a pipe that nobody reads, and to a folder.
    await expect(openForAppend(file(name))).rejects.toHaveProperty('code')
  })
})
