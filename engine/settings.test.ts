import { describe, expect, it } from 'vitest'
import { readCommandLine } from './settings.ts'

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

  it.each([
    [['--port', 'http']],
    [['--port', '70000']],
    [['--app-id', 'i']],
    [['--no-such-flag']],
    [['argument']],
  ])('refuses %j', (args) => {
    expect(() => readCommandLine(args, {})).toThrow()
  })
})
