import type { Batch, BatchChange, BatchSummary, Item } from '../../shared/batch.ts'
import { diffBatch, headOf, putItems, removeItems } from '../../shared/batch-changes.ts'
import { summarise } from '../../shared/batch-progress.ts'
import { acceptSubmission, applyResults, startSubmission } from '../../shared/batch-rules.ts'
import { restoreItems } from '../../shared/item-rules.ts'
import type { OcrResult } from '../../shared/mathpix.ts'
import { ok, type Result } from '../../shared/result.ts'
import { type EngineChoice } from '../../shared/settings.ts'
import { DEFAULT_OPTIONS } from '../../shared/parameters.ts'
import { makeItem } from './make-item.ts'

type Told = {
  readonly onBatchChanged: (change: BatchChange) => void
  readonly onBatchesChanged: (summaries: BatchSummary[]) => void
}

/** Batches in memory, changed by the rules of the main process; every change is told as the main process tells it. */
export class FakeBatches {
  readonly #batches: Map<string, Batch>
  readonly #removed = new Map<string, Item>()
  readonly #told: Told
  readonly #read: ((item: Item) => OcrResult) | undefined

  /** `read` is what the engine answers for an item; without it items stay pending. */
  constructor(batches: readonly Batch[], told: Told, read?: (item: Item) => OcrResult) {
    this.#batches = new Map(batches.map((batch) => [batch.id, batch]))
    this.#told = told
    this.#read = read
  }

  find(batchId: string): Batch {
    const found = this.#batches.get(batchId)
    if (!found) throw new Error(`no batch ${batchId}`)
    return found
  }

  list(): BatchSummary[] {
    return [...this.#batches.values()].map(summarise)
  }

  change(batchId: string, update: (batch: Batch) => Batch): void {
    const before = this.find(batchId)
    const after = update(before)
    this.#batches.set(batchId, after)
    const { items, removedItemIds } = diffBatch(before, after)
    this.#told.onBatchChanged({ head: headOf(after), items, removedItemIds })
    this.#told.onBatchesChanged(this.list())
  }

  create(name: string | undefined, engine: EngineChoice): Batch {
    const number = this.#batches.size + 1
    const created: Batch = {
      id: `b${number}`,
      name: name ?? `Batch ${number}`,
      createdAt: new Date().toISOString(),
      engine,
      options: DEFAULT_OPTIONS,
      submissions: [],
      items: [],
    }
    this.#batches.set(created.id, created)
    this.#told.onBatchesChanged(this.list())
    return created
  }

  delete(batchId: string): void {
    this.#batches.delete(batchId)
    this.#told.onBatchesChanged(this.list())
  }

  add(batchId: string, sources: readonly Item['source'][]): Result<{ added: number; duplicates: number }> {
    const start = this.find(batchId).items.length
    const items = sources.map((source, index) => makeItem(start + index + 1, { source }))
    this.change(batchId, (old) => putItems(old, items))
    return ok({ added: items.length, duplicates: 0 })
  }

  takeOut(batchId: string, itemIds: readonly string[]): Item[] {
    const gone = this.find(batchId).items.filter(({ id }) => itemIds.includes(id))
    for (const item of gone) this.#removed.set(item.id, item)
    this.change(batchId, (old) => removeItems(old, itemIds))
    return gone
  }

  putBack(batchId: string, itemIds: readonly string[]): void {
    const back = itemIds.flatMap((id) => this.#removed.get(id) ?? [])
    this.change(batchId, (old) => restoreItems(old, back))
  }

  /** Sends items to an engine that accepts them at once and answers all of them in the next microtask. */
  run(batchId: string, itemIds: readonly string[]): void {
    const { engine, submissions } = this.find(batchId)
    const id = `s${submissions.length + 1}`
    const sentAs = new Map(itemIds.map((itemId) => [itemId, 'hosted' as const]))
    const submittedAt = new Date().toISOString()
    this.change(batchId, (old) =>
      acceptSubmission(startSubmission(old, { id, engine, submittedAt, sentAs }), id, 1),
    )
    const read = this.#read
    if (!read) return
    queueMicrotask(() => {
      this.change(batchId, (old) => {
        const sent = old.items.filter(({ submissionId }) => submissionId === id)
        return applyResults(old, id, {
          keys: sent.map(({ key }) => key),
          results: Object.fromEntries(sent.map((item) => [item.key, read(item)])),
        })
      })
    })
  }
}
