import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KnownSecrets } from '../shared/scrub-secrets.ts'
import { createLog } from './log.ts'
import { createNoticeBox } from './notice-box.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-log-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(dir, { recursive: true, force: true })
})

describe('keys that are in use', () => {
  it('are in no line of the log, in the file or on stderr, however long the line', async () => {
    const printed: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
    const secrets = new KnownSecrets()
    const file = path.join(dir, 'app.log')
    const log = createLog({ file, scrub: secrets.scrub })
    secrets.add('my-secret-key')
    log.info('it says my-secret-key', { says: `my-secret-key ${'x'.repeat(1985)} my-secret-key` })
    log.error('failed', new Error('with my-secret-key'))
    const text = await readFile(file, 'utf8')
    expect(text.match(/\[key removed\]/g)).toHaveLength(3)
    // A key that is cut in two would not be found by its whole.
    expect(text + printed.join('')).not.toMatch(/my-s/)
  })

  it('are in no notice', () => {
    const secrets = new KnownSecrets()
    secrets.add('my-secret-key')
    const pushed: string[] = []
    const box = createNoticeBox(({ message }) => pushed.push(message), secrets.scrub)
    box.add({ tone: 'problem', message: 'waits my-secret-key' })
    const waited = box.take().map(({ message }) => message)
    box.add({ tone: 'problem', message: 'comes my-secret-key' })
    expect([...waited, ...pushed]).toEqual(['waits [key removed]', 'comes [key removed]'])
  })
})
