import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Item, Submission } from '../../../shared/batch.ts'
import { omit } from '../../../shared/batch-changes.ts'
import { openBatches } from './batch-folder.ts'
import { JournalWriter, readJournal, writeJournal } from './journal.ts'
import { readText, toText } from './journal-text.ts'
import { describeHead, replay, type JournalLine } from './journal-line.ts'

const NOW = new Date('2026-11-24T04:00:00Z')
const ID = 'a-batch'

const item = (position: number, changes: Partial<Item> = {}): Item => ({
  id: `000000${position}`,
  key: `000${position}-é∑`,
  source: { kind: 'url', name: 'é∑', url: 'https://images.example/1.png' },
  state: 'ready',
  overrides: {},
  flagged: false,
  accepted: false,
  ...changes,
})
const head = {
  id: ID,
  name: 'Blackboard',
  createdAt: NOW.toISOString(),
  engine: { kind: 'local' as const },
  options: {},
  submissions: [],
}

const base = omit(head, 'submissions')
const submission = (id: string, state: Submission['state'] = 'processing'): Submission => ({
  id,
  engine: { kind: 'local' },
  state,
  itemIds: ['0000001'],
  submittedAt: NOW.toISOString(),
})

/** What a batch writes in its life: its head, items, results, an edit, a removal. */
const LINES: readonly JournalLine[] = [
  { head },
  {
    items: [item(1), item(2), item(3)],
    private: { items: { '0000001': { url: 'https://images.example/1.png' } } },
  },
  { head: { ...head, name: 'Blackboard 2' } },
  { base, submissions: [submission('one')] },
  { items: [item(1, { state: 'completed', result: { latex_styled: 'x' } })] },
  { items: [item(1, { state: 'completed', result: { latex_styled: 'x' }, edit: 'y = ½' })] },
  { removed: ['0000003'] },
]

let dir: string
let batchDir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-journal-'))
  batchDir = path.join(dir, ID)
  await mkdir(path.join(batchDir, 'images'), { recursive: true })
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const journal = () => path.join(batchDir, 'journal.jsonl')
const open = () => openBatches(dir, () => NOW)
const texts = LINES.map((line, index) => toText(line, index + 1))
const wholeText = Buffer.from(texts.join(''))
const stateAfter = (count: number) => replay(LINES.slice(0, count))

describe('a line about the head', () => {
  const one = submission('one')
  const two = submission('two')
  const written = { ...head, submissions: [one, two] }

  it.each([
    ['of a changed name', { ...written, name: 'Else' }, []],
    ['of a changed submission', { ...written, submissions: [one, submission('two', 'completed')] }, ['two']],
    ['of a new submission', { ...written, submissions: [one, two, submission('three')] }, ['three']],
    ['of a submission that is gone', { ...written, submissions: [two] }, undefined],
  ])('%s says what changed, and no more', (_, changed, named) => {
    const line = describeHead(written, changed)
    expect(line.submissions?.map(({ id }) => id)).toEqual(named)
    const read = replay([{ head: written }, line])?.batch
    expect(read).toEqual({ ...changed, items: [] })
  })

  it('is enough to know the batch by when the first one cannot be read', () => {
    expect(replay([describeHead(head, written)])?.batch).toEqual({ ...written, items: [] })
  })
})

describe('a journal that was cut', () => {
  it('at any byte gives all lines that were whole, and says so', () => {
    let whole = 0
    let end = 0
    for (let length = 1; length <= wholeText.length; length += 1) {
      if (length >= end + Buffer.byteLength(texts[whole] ?? '')) {
        end += Buffer.byteLength(texts[whole] ?? '')
        whole += 1
      }
      const { lines, isDamaged } = readText(wholeText.subarray(0, length))
      // Without its last sign only, a line is whole all the same.
      const isAllButLineFeed = length === end + Buffer.byteLength(texts[whole] ?? '') - 1
      expect(replay(lines), `${length} bytes`).toEqual(stateAfter(isAllButLineFeed ? whole + 1 : whole))
      expect(isDamaged, `${length} bytes`).toBe(length !== end)
    }
    expect(whole).toBe(LINES.length)
  })

  it.each([1, 40, 300, wholeText.length - 200, wholeText.length - 1])(
    'after %i bytes is kept beside a new one, and what comes next follows whole lines',
    async (length) => {
      const found = wholeText.subarray(0, length)
      await writeFile(journal(), found)
      const before = replay(readText(found).lines)
      const { stored, problems } = await open()
      expect(stored[0]).toEqual(before)
      expect(problems).toHaveLength(1)
      const kept = (await readdir(dir, { recursive: true })).filter((name) => name.includes('.damaged-'))
      const copy = kept.find(
        (name) => name.includes('journal.jsonl.damaged-') || name.endsWith('/journal.jsonl'),
      )
      expect(await readFile(path.join(dir, copy ?? ''))).toEqual(found)
      if (!before) return
      await append({ items: [item(4)] })
      const again = await open()
      expect(again.problems).toEqual([])
      expect(again.stored[0]?.batch.items.map(({ id }) => id)).toContain('0000004')
    },
  )

  it('and cannot be written anew loses nothing of what comes next', async () => {
    await writeFile(journal(), wholeText.subarray(0, wholeText.length - 20))
    await append({ head: { ...head, name: 'After' } })
    const { lines, isDamaged } = await readJournal(batchDir, () => NOW)
    expect(isDamaged).toBe(true)
    expect(replay(lines)?.batch.name).toBe('After')
    expect(replay(lines)?.batch.items[0]?.edit).toBe('y = ½')
  })
})

describe('a journal with', () => {
  const rest = (without: number) => replay(LINES.filter((_, index) => index !== without))

  it.each(LINES.map((_, index) => index))('garbage in line %i keeps the others', (index) => {
    const garbage = Buffer.from([0xff, 0x00, 0x7b, 0x80, 0x22])
    const bytes = Buffer.concat(
      texts.map((text, at) => {
        const line = Buffer.from(text)
        if (at === index) garbage.copy(line, 3)
        return line
      }),
    )
    const { lines, isDamaged } = readText(bytes)
    expect(isDamaged).toBe(true)
    expect(replay(lines)).toEqual(rest(index))
  })

  it('any one byte changed is noticed, wherever it is', () => {
    for (let at = 0; at < wholeText.length; at += 1) {
      const bytes = Buffer.from(wholeText)
      bytes[at] = bytes[at] === 0x78 ? 0x79 : 0x78
      expect(readText(bytes).isDamaged, `byte ${at}`).toBe(true)
    }
  })

  it('lines out of their places is read in the order of writing', () => {
    for (let one = 0; one < texts.length; one += 1) {
      for (let other = one + 1; other < texts.length; other += 1) {
        const swapped = [...texts]
        swapped[one] = texts[other] ?? ''
        swapped[other] = texts[one] ?? ''
        const { lines, isDamaged } = readText(Buffer.from(swapped.join('')))
        expect(isDamaged).toBe(true)
        expect(replay(lines)).toEqual(stateAfter(LINES.length))
      }
    }
  })

  it('a line twice counts it once', () => {
    for (const [index, text] of texts.entries()) {
      const { lines, isDamaged } = readText(Buffer.from([...texts, texts[index] ?? text].join('')))
      expect(isDamaged).toBe(true)
      expect(lines).toEqual(LINES)
    }
  })

  it('a missing line says so', () => {
    for (const index of texts.keys()) {
      if (index === texts.length - 1) continue
      const { isDamaged } = readText(Buffer.from(texts.filter((_, at) => at !== index).join('')))
      expect(isDamaged, `without line ${index}`).toBe(true)
    }
  })

  it('a line of a newer version reads what it can and keeps the file', async () => {
    const newer = {
      head: { ...head, name: 'Newer', colour: 'red' },
      items: [item(5), { id: 6, shape: 'new' }],
    }
    await writeFile(
      journal(),
      Buffer.concat([
        wholeText,
        Buffer.from(`${JSON.stringify({ n: LINES.length + 1, v: 2, ...newer, crc: 'x' })}\n`),
      ]),
    )
    const { stored, problems } = await open()
    expect(stored[0]?.batch.name).toBe('Newer')
    expect(stored[0]?.batch.items.map(({ id }) => id)).toEqual(['0000001', '0000002', '0000005'])
    expect(problems).toHaveLength(1)
    const kept = (await readdir(batchDir)).find((name) => name.includes('.damaged-'))
    expect(await readFile(path.join(batchDir, kept ?? ''), 'utf8')).toContain('colour')
  })

  it('lines without numbers, of before there were any, reads them as they stand', async () => {
    await writeFile(
      journal(),
      LINES.slice(0, 4)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
    await append(LINES[4] ?? {})
    const { stored, problems } = await open()
    expect(problems).toEqual([])
    expect(stored[0]).toEqual(stateAfter(5))
  })
})

describe('garbage', () => {
  it.each([Buffer.alloc(0), Buffer.alloc(4096), Buffer.from('[]\n{}\nnull\n"x"\n'), Buffer.from('{"n":1}')])(
    'in place of a journal (%#) is set aside whole, and the others open',
    async (bytes) => {
      await writeFile(journal(), bytes)
      const other = path.join(dir, 'other')
      await mkdir(other)
      await writeJournal(other, [{ head: { ...head, id: 'other' } }])
      const { stored, problems } = await open()
      expect(stored.map(({ batch }) => batch.id)).toEqual(['other'])
      expect(problems).toHaveLength(1)
      const aside = (await readdir(dir)).find((name) => name.startsWith(`${ID}.damaged-`)) ?? ''
      expect(await readFile(path.join(dir, aside, 'journal.jsonl'))).toEqual(bytes)
      expect((await open()).problems).toEqual([])
    },
  )

  it('set aside twice in one moment replaces nothing', async () => {
    for (const text of ['first', 'second']) {
      await mkdir(batchDir, { recursive: true })
      await writeFile(journal(), text)
      await open()
    }
    const kept = (await readdir(dir)).map((name) => path.join(dir, name, 'journal.jsonl'))
    const found = await Promise.all(kept.map((file) => readFile(file, 'utf8')))
    expect(found.sort()).toEqual(['first', 'second'])
  })

  it.runIf(process.platform !== 'win32').each(['pipe', 'folder'])(
    'with a %s for a journal is set aside at once, and the others open',
    async (kind) => {
      await mkdir(batchDir, { recursive: true })
      if (kind === 'pipe') execFileSync('mkfifo', [journal()])
      else await mkdir(journal())
      const { problems } = await open()
      expect(problems).toEqual([expect.stringContaining('could not be read and was set aside')])
      expect(await readdir(dir)).toEqual([expect.stringContaining('.damaged-')])
    },
  )

  it('of images without a journal is set aside, an empty folder goes away', async () => {
    expect((await open()).problems).toEqual([])
    expect(await readdir(dir)).toEqual([])
    await mkdir(path.join(batchDir, 'images'), { recursive: true })
    await writeFile(path.join(batchDir, 'images', '0000001.png'), 'an image')
    expect((await open()).problems).toHaveLength(1)
    expect(await readdir(dir)).toEqual([expect.stringContaining('.damaged-')])
  })
})

async function append(line: JournalLine): Promise<void> {
  const writer = new JournalWriter(batchDir)
  await writer.append(line)
  await writer.close()
}
