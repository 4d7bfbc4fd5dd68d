import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCommandLine } from './settings.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'formulift-settings-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('readCommandLine', () => {
  it('reads flags over the environment', () => {
    const env = { FORMULIFT_ENGINE_PORT: '1', FORMULIFT_ENGINE_DATA: '/env', FORMULIFT_ENGINE_PUBLIC: '1' }
    const line = readCommandLine(
      ['--port', '8080', '--app-id', 'i', '--app-key', 'k', '--exit-with-parent'],
      env,
    )
    expect(line).toMatchObject({
      port: 8080,
      dataDir: expect.stringMatching(/env$/) as string,
      credentials: { app_id: 'i', app_key: 'k' },
      isPublic: true,
      isBoundToParent: true,
    })
  })

  it('leaves port and keys to the data folder', () => {
    const line = readCommandLine(['--data', 'x'], {})
    expect(line).toEqual({
      dataDir: expect.stringMatching(/x$/) as string,
      isPublic: false,
      isBoundToParent: false,
    })
  })

  it('reads the key from a file, which may end in a line break', () => {
    const file = join(dir, 'key')
    writeFileSync(file, 'from-the-file\n')
    const credentials = { app_id: 'i', app_key: 'from-the-file' }
    expect(readCommandLine(['--app-id', 'i', '--app-key-file', file], {})).toMatchObject({ credentials })
    const env = { FORMULIFT_ENGINE_APP_ID: 'i', FORMULIFT_ENGINE_APP_KEY_FILE: file }
    expect(readCommandLine([], env)).toMatchObject({ credentials })
    expect(readCommandLine(['--app-key', 'flag'], env)).toMatchObject({ credentials: { app_key: 'flag' } })
  })

  it.each([
    ['is not there', undefined, /cannot be read \(ENOENT\)/],
    ['is empty', ' \n', /one key and nothing else/],
    ['holds more than a key', 'id\nkey\n', /one key and nothing else/],
  ])('refuses a key file that %s, without its content', (_, content, words) => {
    const file = join(dir, 'key')
    if (content !== undefined) writeFileSync(file, content)
    expect(() => readCommandLine(['--app-id', 'i', '--app-key-file', file], {})).toThrow(words)
  })

  it.each([
    [['--app-key', 'k']],
    [['--app-id', 'i', '--app-key', 'k', '--app-key-file', 'f']],
    [['--port', 'http']],
    [['--port', '70000']],
    [['--app-id', 'i']],
    [['--no-such-flag']],
    [['argument']],
  ])('refuses %j', (args) => {
    expect(() => readCommandLine(args, {})).toThrow()
  })
})
