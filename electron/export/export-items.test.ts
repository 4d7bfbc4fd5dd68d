import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '../../shared/batch.ts'
import type { DocumentFormat } from '../../shared/output-formats.ts'
import { createScrub } from '../../shared/scrub-secrets.ts'
import { batchOf, doneOf, itemOf } from '../../testing/shared/small-batch.ts'
import { exportItems, type SaveQuestion } from './export-items.ts'
import { toFileName } from './write-export.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'formulift-export-'))
})
afterEach(() => rm(dir, { recursive: true }))

const scrub = createScrub(['s3cret-key-of-mathpix'])

async function save(batch: Batch, format: DocumentFormat, where: string | undefined) {
  const asked: SaveQuestion[] = []
  const askWhere = (question: SaveQuestion) => {
    asked.push(question)
    return Promise.resolve(where)
  }
  const saved = await exportItems({ batch }, format, {
    askWhere,
    baseName: (file) => path.basename(file),
    scrub,
  })
  return { saved, asked }
}

describe('a document', () => {
  it('is written where the user says, edits first, with what failed', async () => {
    const error = { kind: 'mathpix', id: 'image_no_content', message: 'No content' } as const
    const batch = batchOf(
      doneOf('1', 'a', { edit: 'c' }),
      itemOf('2', { state: 'error', error }),
      itemOf('3'),
    )
    const file = path.join(dir, 'all.md')
    const { saved, asked } = await save(batch, 'md', file)
    expect(saved).toEqual({ ok: true, value: { images: 2, name: 'all.md', problems: [] } })
    expect(asked).toEqual([
      { kind: 'file', name: 'Batch.md', filter: { name: 'Markdown document', extension: 'md' } },
    ])
    const text = await readFile(file, 'utf8')
    expect(text).toMatch(
      /^# Batch\n\n<!-- k1 \(1\.png\) -->\n\n\$\$\nc\n\$\$\n\n<!-- k2 \(2\.png\) -->\n\n\*.+\*\n$/,
    )
    expect(await readdir(dir)).toEqual(['all.md'])
  })

  it('is not written when the user wants none, or there is nothing', async () => {
    const wanted = await save(batchOf(doneOf('1', 'a')), 'csv', undefined)
    expect(wanted.saved).toEqual({ ok: true, value: { images: 1, problems: [] } })
    const empty = await save(batchOf(itemOf('1')), 'csv', path.join(dir, 'x.csv'))
    expect(empty.saved).toEqual({ ok: true, value: { images: 0, problems: [] } })
    expect(empty.asked).toEqual([])
    expect(await readdir(dir)).toEqual([])
  })

  it('leaves an old file whole when the disk refuses, and says why', async () => {
    const { saved } = await save(batchOf(doneOf('1', 'a')), 'tex', path.join(dir, 'gone', 'x.tex'))
    expect(saved).toEqual({
      ok: false,
      error: { kind: 'storage', message: 'Nothing was exported. The folder is not there.' },
    })
  })

  it.each<DocumentFormat>(['json_list', 'jsonl', 'csv', 'tsv', 'tex', 'md', 'typ', 'page'])(
    '%s holds no key and no header',
    async (format) => {
      const result = {
        latex_styled: '\\text{s3cret-key-of-mathpix}',
        app_key: 'other',
        headers: { Authorization: 'Bearer other' },
      }
      const file = path.join(dir, 'out')
      const source = { kind: 'url', name: 'x', url: 'https://h/x.png?sig=…' } as const
      await save(batchOf(doneOf('1', 'a', { result, source })), format, file)
      expect(await readFile(file, 'utf8')).not.toMatch(/s3cret|other/)
    },
  )
})

describe('a file for each image', () => {
  it('goes into the folder, and replaces none that is there', async () => {
    await writeFile(path.join(dir, 'k1.tex'), 'mine')
    const batch = batchOf(doneOf('1', 'a'), doneOf('2', 'b'), itemOf('3'))
    const { saved, asked } = await save(batch, 'tex_files', dir)
    expect(asked).toEqual([{ kind: 'folder' }])
    expect(saved.ok).toBe(true)
    const names = (await readdir(dir)).sort()
    expect(names).toEqual(['k1 (2).tex', 'k1.tex', 'k2.tex'])
    const texts = await Promise.all(names.map((name) => readFile(path.join(dir, name), 'utf8')))
    expect(texts).toEqual(['a\n', 'mine', 'b\n'])
  })

  it('has the raw result without keys', async () => {
    await save(batchOf(doneOf('1', 'a', { result: { latex_styled: 'a', app_key: 'k' } })), 'raw_files', dir)
    expect(JSON.parse(await readFile(path.join(dir, 'k1.json'), 'utf8'))).toEqual({ latex_styled: 'a' })
  })

  it.each([
    ['con', '_con'],
    ['../../etc/passwd', 'etc-passwd'],
    ['a:b*c', 'a-b-c'],
    ['…', 'image'],
  ])('%j is called %j', (name, expected) => {
    expect(toFileName(name)).toBe(expected)
  })
})
