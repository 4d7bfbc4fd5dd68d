import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { collectSources } from './collect-sources.ts'
import { fromBytes, toFsPath, toShown } from './raw-path.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-raw-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const inDir = (name: string) => Buffer.concat([Buffer.from(dir + path.sep), Buffer.from(name, 'latin1')])
const put = (name: string, data: string | Buffer = 'x') => writeFile(inDir(name), data)
const collect = async (...names: string[]) =>
  (await collectSources(names.map((name) => ({ kind: 'path', path: path.join(dir, name) })))).sources

describe('a name of bytes', () => {
  it.each([
    ['plain.png'],
    ['\xff\x9b1m.png'],
    ['\xe9t\xe9.png'],
    ['\xc3\xa9\xe2\x82\xac\xf0\x9f\x99\x82\xf0\x9f.png'],
    ['\xed\xa0\x80.png'],
    ['\xc0\x80.png'],
  ])('%j comes back as it was, also out of JSON', (latin) => {
    const bytes = Buffer.from(latin, 'latin1')
    const text = JSON.parse(JSON.stringify(fromBytes(bytes))) as string
    expect(Buffer.from(toFsPath(text)).equals(bytes)).toBe(true)
    expect(toShown(text)).not.toMatch(/\p{Surrogate}/u)
  })
})

describe('files whose names are not valid UTF-8', () => {
  it('are taken out of folders, folders of such names too, and shown with replacement characters', async () => {
    await mkdir(inDir('scans \xe9'))
    await put('scans \xe9/page\xff2.png')
    await put('scans \xe9/page\xff10.png')
    const sources = await collect('')
    expect(sources.map(({ name }) => name)).toEqual(['page\ufffd2.png', 'page\ufffd10.png'])
  })

  it.each([['raw\ufffd\ufffd1m.png'], ['raw\ufffd1m.png']])(
    'are found when only %s arrives',
    async (name) => {
      await put('raw\xff\x9b1m.png')
      expect(await collect(name)).toMatchObject([{ kind: 'path', name: 'raw\ufffd\ufffd1m.png' }])
    },
  )

  it('are refused for the true reason where several may be meant', async () => {
    await put('\xe8.png')
    await put('\xe9.png')
    expect(await collect('\ufffd.png')).toMatchObject([
      { kind: 'problem', error: { message: expect.stringContaining('not valid UTF-8') as string } },
    ])
  })

  it('are read, and named so that nobody sees a surrogate', async () => {
    const kit = await ServiceKit.start()
    await kit.open()
    await put('\xe9t\xe9', await readFile(await kit.image('a.png', 1)))
    const batch = unwrap(await kit.service.createBatch())
    unwrap(await kit.service.addSources(batch.id, [{ kind: 'path', path: dir }]))
    await kit.service.whenPrepared(batch.id)
    const [item] = kit.service.peekBatch(batch.id)?.items ?? []
    expect(item).toMatchObject({ state: 'ready', source: { name: '\ufffdt\ufffd' } })
    await kit.stop()
  })
})
