import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectSources, describeLeftOut } from './collect-sources.ts'
import { parseUrls } from './parse-urls.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-collect-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const put = async (name: string) => {
  const file = path.join(dir, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, 'x')
  return file
}
const names = async (...paths: string[]) =>
  (await collectSources(paths.map((file) => ({ kind: 'path', path: file })))).sources.map(({ name }) => name)

describe('collectSources', () => {
  it('reads folders to the bottom, in natural order, and leaves what is no image', async () => {
    for (const name of ['f/p10.png', 'f/p9.png', 'f/sub/a.JPG', 'f/notes.txt', 'f/.hidden.png', 'f/z.heic'])
      await put(name)
    expect(await names(path.join(dir, 'f'))).toEqual(['p9.png', 'p10.png', 'a.JPG', 'z.heic'])
  })

  it('takes images by their content where the name tells nothing, and says what it left out', async () => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2VwAAAABJRU5ErkJggg==',
      'base64',
    )
    for (const name of ['g/scan0001', 'g/photo.upload', 'g/odd.txt']) await writeFile(await put(name), pixel)
    for (const name of ['g/README', 'g/a.csv', 'g/b.csv', 'g/c.csv']) await put(name)
    const { sources, leftOut } = await collectSources([{ kind: 'path', path: path.join(dir, 'g') }])
    expect(sources.map(({ name }) => name)).toEqual(['odd.txt', 'photo.upload', 'scan0001'])
    expect(describeLeftOut(leftOut)).toBe(
      'Left out, because they are no images: “a.csv”, “b.csv”, “c.csv” and 1 more.',
    )
  })

  it('keeps the order of the drop', async () => {
    expect(await names(await put('b.png'), await put('a.png'))).toEqual(['b.png', 'a.png'])
  })

  it('takes a folder called x.png for a folder', async () => {
    await put('x.png/inside.png')
    expect(await names(path.join(dir, 'x.png'))).toEqual(['inside.png'])
  })

  it('says that a folder holds no images, and that a file is missing', async () => {
    await mkdir(path.join(dir, 'empty.png'))
    const { sources: found } = await collectSources([
      { kind: 'path', path: path.join(dir, 'empty.png') },
      { kind: 'path', path: path.join(dir, 'gone.png') },
    ])
    expect(
      found.map((source) =>
        source.kind === 'problem' && source.error.kind === 'image' ? source.error.reason : '',
      ),
    ).toEqual(['empty', 'missing'])
  })

  it('ends although a link leads back up', async () => {
    await put('loop/a.png')
    await symlink(path.join(dir, 'loop'), path.join(dir, 'loop', 'again'))
    expect(await names(path.join(dir, 'loop'))).toEqual(['a.png'])
  })

  it('takes any name', async () => {
    const file = await put('a#b?c%20"<>🙂.png')
    expect(await names(file)).toEqual(['a#b?c%20"<>🙂.png'])
  })
})

describe('parseUrls', () => {
  it('takes http and https, one a line, and names the rest', () => {
    const { urls, rejected } = parseUrls(['# comment\r\nhttps://h/a%20b.png?k=1\nftp://h/x', 'words', ''])
    expect(urls).toEqual([
      { shown: 'https://h/a%20b.png?k=…', name: 'a b.png', url: 'https://h/a%20b.png?k=1' },
    ])
    expect(rejected).toEqual(['ftp://h/x', 'words'])
  })

  it('refuses an address with a password without repeating it', () => {
    const [parsed] = parseUrls(['https://me:pw@h/x.png']).urls
    expect(parsed?.url).toBeUndefined()
    expect(parsed?.error).toMatchObject({ kind: 'image' })
    expect(JSON.stringify(parsed)).not.toContain('pw@')
  })
})
