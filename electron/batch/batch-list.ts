import path from 'node:path'
import { nanoid } from 'nanoid'
import type { Batch, BatchSummary } from '../../shared/batch.ts'
import { summarise } from '../../shared/batch-progress.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { describeDiskError } from '../disk-errors.ts'
import { createBatchFolder, deleteBatchFolder, openBatches } from './journal/batch-folder.ts'
import { BatchRecord } from './batch-record.ts'
import { createChangeQueue } from './change-queue.ts'
import { DiskWatch } from './disk-watch.ts'
import { invalid } from './invalid-call.ts'
import { JournalWriter } from './journal/journal.ts'
import type { StoredBatch } from './journal/journal-line.ts'
import type { TimedDeps } from './service-deps.ts'
import { createSummaryFeed } from './summary-feed.ts'

type ListDeps = Pick<TimedDeps, 'dir' | 'settings' | 'now' | 'elapsed' | 'sleep' | 'log' | 'events'>

/** The batches that there are, each in a folder of its own, and what is told of them as they change. */
export class BatchList {
  readonly #deps: ListDeps
  readonly #records = new Map<string, BatchRecord>()
  readonly #changes: ReturnType<typeof createChangeQueue>
  readonly #summaries: ReturnType<typeof createSummaryFeed>
  readonly #disk: DiskWatch

  private constructor(deps: ListDeps) {
    this.#deps = deps
    this.#disk = new DiskWatch(deps)
    this.#changes = createChangeQueue(deps.events.onBatchChanged)
    this.#summaries = createSummaryFeed(() => this.summaries(), deps.events.onBatchesChanged)
  }

  /** Opens the folder, sets aside what cannot be read and says so. */
  static async open(deps: ListDeps): Promise<BatchList> {
    const list = new BatchList(deps)
    const { stored, problems } = await openBatches(deps.dir, () => new Date(deps.now()))
    for (const batch of stored) list.#add(batch)
    for (const message of problems) {
      deps.log.warn(message)
      deps.events.onNotice({ tone: 'problem', message })
    }
    return list
  }

  /** Oldest first. */
  records(): BatchRecord[] {
    return [...this.#records.values()]
  }

  /** Newest first. */
  summaries(): BatchSummary[] {
    return this.records()
      .map(({ batch }) => summarise(batch))
      .reverse()
  }

  find(batchId: string): BatchRecord | undefined {
    return this.#records.get(batchId)
  }

  /** Does something with a batch, if it is still there. */
  async with<T>(batchId: string, use: (record: BatchRecord) => Promise<Result<T>>): Promise<Result<T>> {
    const record = this.#records.get(batchId)
    return record ? use(record) : noSuchBatch()
  }

  async create(name: string): Promise<Result<Batch>> {
    const createdAt = new Date(this.#deps.now()).toISOString()
    const { engine, options } = this.#deps.settings()
    const id = nanoid(12)
    const head = { id, name, createdAt, engine, options, submissions: [] }
    try {
      await createBatchFolder(this.dirOf(id), { head })
    } catch (error) {
      const storage = describeDiskError(error, 'No batch can be made.')
      this.#disk.tell(storage)
      return fail(storage)
    }
    const record = this.#add({
      batch: { ...head, items: [] },
      privateItems: new Map(),
      callbackHeaders: {},
    })
    this.#summaries.touch()
    return ok(record.batch)
  }

  /** Takes the batch off the disk; then `stop` ends what is under way for it. */
  async delete(batchId: string, stop: (record: BatchRecord) => Promise<unknown>): Promise<Result<void>> {
    const record = this.#records.get(batchId)
    if (!record) return noSuchBatch()
    this.#records.delete(batchId)
    try {
      await deleteBatchFolder(this.dirOf(batchId))
    } catch (error) {
      this.#records.set(batchId, record)
      return fail(describeDiskError(error, 'The batch was not deleted.'))
    }
    await stop(record)
    this.#disk.forget(record)
    await record.close()
    this.#summaries.touch()
    return ok(undefined)
  }

  dirOf(batchId: string): string {
    return path.join(this.#deps.dir, batchId)
  }

  /** Writes what is not on disk yet and tells what was not told yet. */
  async close(): Promise<void> {
    this.#disk.close()
    await Promise.all(this.records().map((record) => record.close()))
    this.#changes.flush()
    this.#summaries.stop()
  }

  #add(stored: StoredBatch): BatchRecord {
    const { id } = stored.batch
    const record = new BatchRecord(stored, new JournalWriter(this.dirOf(id)), {
      onSaved: (change) => {
        if (!this.#records.has(id)) return
        this.#changes.push(change)
        this.#summaries.touch()
      },
      onBug: (error) => {
        this.#deps.log.error('a change could not be written', error)
        this.#deps.events.onNotice({ tone: 'problem', message: NOT_SAVED })
      },
      onDiskError: (error) => {
        if (this.#records.has(id)) this.#disk.refused(record, error)
      },
    })
    this.#records.set(id, record)
    return record
  }
}

const NOT_SAVED =
  'A change of a batch could not be saved, by a fault of the app. Everything else goes on being saved; the log has the details.'

function noSuchBatch(): Result<never> {
  return invalid('This batch does not exist any more.')
}
