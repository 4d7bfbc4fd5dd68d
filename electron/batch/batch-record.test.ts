import { expect, it } from 'vitest'
import { itemOf } from '../../testing/shared/small-batch.ts'
import { BatchRecord } from './batch-record.ts'
import type { JournalLine, StoredBatch } from './journal/journal-line.ts'
import type { JournalWriter } from './journal/journal.ts'

const stored: StoredBatch = {
  batch: {
    id: 'b',
    name: 'Batch',
    createdAt: '2026-01-01T00:00:00.000Z',
    engine: { kind: 'local' },
    options: {},
    submissions: [],
    items: [itemOf('1')],
  },
  privateItems: new Map(),
  callbackHeaders: {},
}

/** A record whose writer throws these errors, one a write, and then writes. */
function recordThatMeets(...errors: Error[]) {
  const written: JournalLine[] = []
  const told = { disk: 0, bugs: 0 }
  const writer: Pick<JournalWriter, 'append' | 'close'> = {
    append: (line) => {
      const error = errors.shift()
      if (error) return Promise.reject(error)
      written.push(line)
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
  const record = new BatchRecord(stored, writer, {
    onSaved: () => undefined,
    onDiskError: () => (told.disk += 1),
    onBug: () => (told.bugs += 1),
  })
  return { record, written, told }
}

it('blames the disk for what the disk refuses, and writes it later', async () => {
  const { record, written, told } = recordThatMeets(Object.assign(new Error('full'), { code: 'ENOSPC' }))
  const saved = await record.update((batch) => ({ ...batch, name: 'New' }))
  expect(saved).toMatchObject({ ok: false, error: { kind: 'storage' } })
  expect((await record.flush()).ok).toBe(true)
  expect(written).toMatchObject([{ base: { name: 'New' } }])
  expect(told).toEqual({ disk: 1, bugs: 0 })
})

it('does not blame the disk for a fault of ours, and goes on', async () => {
  const { record, written, told } = recordThatMeets(new RangeError('Maximum call stack size exceeded'))
  const saved = await record.update((batch) => ({ ...batch, name: 'New' }))
  expect(saved).toMatchObject({ ok: false, error: { kind: 'bug' } })
  expect((await record.update((batch) => ({ ...batch, isPaused: true }))).ok).toBe(true)
  expect(written).toMatchObject([{ base: { isPaused: true } }])
  expect(told).toEqual({ disk: 0, bugs: 1 })
})
