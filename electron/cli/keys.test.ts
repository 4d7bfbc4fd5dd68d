import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readArguments } from './arguments.ts'
import { convert } from './convert.ts'
import { createKeyRing, findKeysProblem, readKeys } from './keys.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'formulift-keys-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dir, { recursive: true, force: true })
})

describe('the keys of a command line', () => {
  it('come from the environment, or the key from a file', () => {
    const file = path.join(dir, 'key')
    writeFileSync(file, 'from-the-file\n')
    const MATHPIX_APP_ID = 'i'
    expect(readKeys({ MATHPIX_APP_ID, MATHPIX_APP_KEY: 'given' })).toEqual({ app_id: 'i', app_key: 'given' })
    expect(readKeys({ MATHPIX_APP_ID, MATHPIX_APP_KEY_FILE: file })).toEqual({
      app_id: 'i',
      app_key: 'from-the-file',
    })
    expect(readKeys({ MATHPIX_APP_KEY: 'given' })).toBeUndefined()
    expect(readKeys({})).toBeUndefined()
  })

  it.each([
    [undefined, /cannot be read/],
    ['', /one key and nothing else/],
    ['two words', /one key and nothing else/],
  ])('are refused from a file with %j, which is not repeated', (content, words) => {
    const file = path.join(dir, 'key')
    if (content !== undefined) writeFileSync(file, content)
    const keys = readKeys({ MATHPIX_APP_ID: 'i', MATHPIX_APP_KEY_FILE: file })
    expect(keys).toEqual({ problem: expect.stringMatching(words) as unknown })
    expect(JSON.stringify(keys)).not.toContain('two words')
  })

  it.each(['key\r', 'key\nkey', 'key\u200b', 'key\u001b[0m'])(
    'are refused when no request can carry them: %j',
    (key) => {
      const problem = expect.stringMatching(/^Nothing was sent: .*line break/) as unknown
      expect(readKeys({ MATHPIX_APP_ID: 'i', MATHPIX_APP_KEY: key })).toEqual({ problem })
      expect(readKeys({ MATHPIX_APP_ID: key, MATHPIX_APP_KEY: 'k' })).toEqual({ problem })
    },
  )

  it('are for the server beside them, and for no other', () => {
    const env = { MATHPIX_APP_ID: 'i', MATHPIX_APP_KEY: 'k' }
    const own = createKeyRing({ ...env, MATHPIX_API: 'https://ocr.example/v/' })
    expect(own.isAllowed('https://ocr.example')).toBe(true)
    expect(own.isAllowed('https://api.mathpix.com')).toBe(false)
    const usual = createKeyRing({ ...env, MATHPIX_API: '' })
    expect(usual.isAllowed('https://api.mathpix.com')).toBe(true)
    expect(usual.isAllowed('https://ocr.example')).toBe(false)
  })

  it('do not follow a kept batch to another server', () => {
    const env = { MATHPIX_APP_ID: 'i', MATHPIX_APP_KEY: 'k' }
    const engine = { kind: 'mathpix', baseUrl: 'https://ocr.example/v' } as const
    expect(findKeysProblem(engine, env)).toMatch(
      /belongs to ocr\.example.*MATHPIX_API to https:\/\/ocr\.example /,
    )
    expect(findKeysProblem(engine, { ...env, MATHPIX_API: 'https://ocr.example' })).toBeUndefined()
    expect(findKeysProblem({ kind: 'local' }, env)).toBeUndefined()
  })

  it('are not sent in the open: one sentence, and nothing is begun', async () => {
    const printed: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
    const env = { MATHPIX_API: 'http://ocr.example', MATHPIX_APP_ID: 'i', MATHPIX_APP_KEY: 'a-secret-key' }
    const command = readArguments(['convert', 'a.png', '--engine', 'mathpix'], env)
    if (command === 'help' || 'problem' in command || command.name !== 'convert')
      throw new Error('wrong usage')
    const data = path.join(dir, 'data')
    const code = await convert(command, data, { env, builtDir: dir, signal: new AbortController().signal })
    expect([code, printed]).toEqual([
      2,
      [
        'Nothing was sent to ocr.example. The address has to begin with https://, so that nobody on the way reads the keys and the images.\n',
      ],
    ])
    expect(existsSync(data)).toBe(false)
  })
})
