import path from 'node:path'
import { nanoid } from 'nanoid'
import type { Batch, BatchSummary, Item } from '../../shared/batch.ts'
import { isRunning, summarise } from '../../shared/batch-progress.ts'
import { removeItems } from '../../shared/batch-changes.ts'
import { editItem, restoreItems, reviewItems, setItemOptions } from '../../shared/item-rules.ts'
import { describeError } from '../../shared/describe-error.ts'
import type { AppError } from '../../shared/errors.ts'
import type { DroppedSource, UnclearChoice } from '../../shared/ipc/contract.ts'
import type { OcrOptions } from '../../shared/mathpix.ts'
import type { RunEstimate, UsageReport } from '../../shared/money.ts'
import { fileIdOf } from '../../shared/item-keys.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { AddressReport, EngineChoice } from '../../shared/settings.ts'
import { noteLook } from '../../shared/unclear-rules.ts'
import { fetchMonthlyUsage } from '../mathpix/usage.ts'
import { Spending } from '../money/spending.ts'
import { Till } from '../money/till.ts'
import { ItemAdder, type Added } from './add-items.ts'
import { createBatchFolder, deleteBatchFolder, imagesDir, openBatches } from './batch-folder.ts'
import { BatchRecord, describeDiskError } from './batch-record.ts'
import { separateCallbackSecrets } from './callback-secrets.ts'
import { createChangeQueue } from './change-queue.ts'
import {
  cancel,
  cancelOnly,
  invalid,
  liftPause,
  pause,
  renameItem,
  resolveUnclear,
  retry,
} from './control-batch.ts'
import { estimateRun } from './estimate-run.ts'
import { JournalWriter } from './journal.ts'
import type { StoredBatch } from './journal-line.ts'
import { lookForBatch } from './look-for-batch.ts'
import { Routes } from './routes.ts'
import type { ServiceDeps } from './service-deps.ts'
import { SubmissionRunner } from './submission-runner.ts'
import { createSummaryFeed } from './summary-feed.ts'

/**
 * Owns all batches. Every change goes through here, is on disk before it is shown, and survives the end of
 * the process at any moment.
 */
export class BatchService {
  readonly #deps: ServiceDeps
  readonly #records = new Map<string, BatchRecord>()
  readonly #adder: ItemAdder
  readonly #runner: SubmissionRunner
  readonly #till: Till
  readonly #routes: Routes
  readonly #changes: ReturnType<typeof createChangeQueue>
  readonly #summaries: ReturnType<typeof createSummaryFeed>
  #lastDiskNotice = 0

  private constructor(deps: ServiceDeps, till: Till) {
    this.#deps = deps
    this.#till = till
    this.#adder = new ItemAdder(deps)
    this.#routes = new Routes(deps)
    this.#runner = new SubmissionRunner({ ...deps, till, routes: this.#routes })
    this.#changes = createChangeQueue(deps.events.onBatchChanged)
    this.#summaries = createSummaryFeed(() => this.getBatches(), deps.events.onBatchesChanged)
  }

  /** Opens the folder, sets aside what cannot be read, and takes up what was running. */
  static async open(deps: ServiceDeps): Promise<BatchService> {
    const spending = await Spending.open(path.join(deps.dir, '..', 'spending.jsonl'), deps.now)
    const service = new BatchService(deps, new Till(spending, deps.settings))
    const { stored, problems } = await openBatches(deps.dir, () => new Date(deps.now()))
    for (const batch of stored) service.#addRecord(batch)
    for (const message of problems) {
      deps.log.warn(message)
      deps.events.onNotice({ tone: 'problem', message })
    }
    for (const record of service.#records.values()) {
      service.#adder.resume(record)
      service.#runner.resume(record)
    }
    return service
  }

  /** Newest first. */
  getBatches(): BatchSummary[] {
    return [...this.#records.values()].map(({ batch }) => summarise(batch)).reverse()
  }

  /** The batch as it stands in memory; for callers inside the main process. */
  peekBatch(batchId: string): Batch | undefined {
    return this.#records.get(batchId)?.batch
  }

  /** The batch for the page, once it is on disk. */
  openBatch(batchId: string): Promise<Result<Batch>> {
    return this.#with(batchId, async (record) => {
      await record.flush()
      return ok(record.batch)
    })
  }

  async createBatch(name?: string): Promise<Result<Batch>> {
    const createdAt = new Date(this.#deps.now()).toISOString()
    const { engine, options } = this.#deps.settings()
    const id = nanoid(12)
    const head = { id, name: name ?? 'New batch', createdAt, engine, options, submissions: [] }
    try {
      await createBatchFolder(this.#dirOf(id), { head })
    } catch (error) {
      const storage = describeDiskError(error)
      this.#reportDiskError(storage)
      return fail(storage)
    }
    const record = this.#addRecord({
      batch: { ...head, items: [] },
      privateItems: new Map(),
      callbackHeaders: {},
    })
    this.#summaries.touch()
    return ok(record.batch)
  }

  renameBatch(batchId: string, name: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => record.update((batch) => ({ ...batch, name })))
  }

  async deleteBatch(batchId: string): Promise<Result<void>> {
    const record = this.#records.get(batchId)
    if (!record) return noSuchBatch()
    this.#records.delete(batchId)
    try {
      await deleteBatchFolder(this.#dirOf(batchId))
    } catch (error) {
      this.#records.set(batchId, record)
      return fail(describeDiskError(error))
    }
    await cancel(record, this.#runner)
    await record.close()
    this.#summaries.touch()
    return ok(undefined)
  }

  addSources(batchId: string, sources: readonly DroppedSource[]): Promise<Result<Added>> {
    return this.#with(batchId, (record) => this.#adder.addSources(record, sources))
  }

  addUrls(batchId: string, urls: readonly string[]): Promise<Result<Added>> {
    return this.#with(batchId, (record) => this.#adder.addUrls(record, urls))
  }

  /** Answers the items as they were, for an undo. */
  async removeItems(batchId: string, itemIds: readonly string[]): Promise<Result<Item[]>> {
    return this.#with(batchId, async (record) => {
      const gone = new Set(itemIds)
      const removed = record.batch.items.filter(({ id }) => gone.has(id))
      for (const item of removed) record.removedItems.set(item.id, item)
      const saved = await record.update((batch) => removeItems(batch, itemIds))
      return saved.ok ? ok(removed) : saved
    })
  }

  restoreItems(batchId: string, itemIds: readonly string[]): Promise<Result<void>> {
    return this.#with(batchId, (record) => {
      const items = itemIds.flatMap((id) => record.removedItems.get(id) ?? [])
      for (const { id } of items) record.removedItems.delete(id)
      return record.update((batch) => restoreItems(batch, items))
    })
  }

  renameItem(batchId: string, itemId: string, text: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => renameItem(record, itemId, text))
  }

  setBatchOptions(batchId: string, options: OcrOptions): Promise<Result<void>> {
    return this.#with(batchId, (record) => {
      const separated = separateCallbackSecrets(options, record.callbackHeaders)
      record.setCallbackHeaders(separated.headers)
      return record.update((batch) => ({ ...batch, options: separated.options }))
    })
  }

  setBatchEngine(batchId: string, engine: EngineChoice): Promise<Result<void>> {
    return this.#with(batchId, (record) => record.update((batch) => ({ ...batch, engine })))
  }

  setItemOptions(
    batchId: string,
    itemIds: readonly string[],
    set: OcrOptions,
    reset: readonly string[],
  ): Promise<Result<void>> {
    return this.#with(batchId, (record) =>
      record.update((batch) => setItemOptions(batch, itemIds, set, reset)),
    )
  }

  /** Sends what is ready now, and what is still being read as soon as it is. */
  async submitBatch(batchId: string): Promise<Result<void>> {
    return this.#with(batchId, async (record) => {
      liftPause(record)
      const { items } = record.batch
      const ready = items.filter(({ state }) => state === 'ready').map(({ id }) => id)
      const sent = await this.#runner.send(record, ready)
      if (sent.ok) this.#sendLater(record, items)
      return sent
    })
  }

  retryItems(batchId: string, itemIds: readonly string[]): Promise<Result<void>> {
    return this.#with(batchId, async (record) => {
      if (await this.#adder.retry(record, itemIds)) {
        const wanted = new Set(itemIds)
        this.#sendLater(
          record,
          record.batch.items.filter(({ id }) => wanted.has(id)),
        )
      }
      return retry(record, this.#runner, itemIds)
    })
  }

  /** Nothing new is sent until it is resumed; what is on its way is followed. */
  pauseBatch(batchId: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => pause(record, this.#runner, true))
  }

  resumeBatch(batchId: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => pause(record, this.#runner, false))
  }

  cancelBatch(batchId: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => cancel(record, this.#runner))
  }

  cancelItems(batchId: string, itemIds: readonly string[]): Promise<Result<void>> {
    return this.#with(batchId, (record) => cancelOnly(record, this.#runner, itemIds))
  }

  resolveUnclear(batchId: string, submissionId: string, choice: UnclearChoice): Promise<Result<void>> {
    return this.#with(batchId, (record) =>
      choice === 'look'
        ? this.#look(record, submissionId)
        : resolveUnclear(record, this.#runner, submissionId, choice),
    )
  }

  /** What a run would send and what is counted for today, before it is started. */
  estimateRun(batchId: string, itemIds?: readonly string[]): Promise<Result<RunEstimate>> {
    return this.#with(batchId, async (record) =>
      ok(await estimateRun(record, itemIds, { ...this.#deps, till: this.#till, routes: this.#routes })),
    )
  }

  /** Today by the app's own count, the month by the server's. */
  async getUsage(engine: EngineChoice): Promise<UsageReport> {
    if (engine.kind === 'local') return { today: { images: 0 }, month: NOT_PAID }
    const connection = await this.#deps.connect(engine)
    return {
      today: connection.ok ? this.#till.today(engine, connection.value) : { images: 0 },
      month: await fetchMonthlyUsage(connection, this.#deps.now),
    }
  }

  /** Whether files can be fetched through a public address; for the settings. */
  checkPublicAddress(address: string): Promise<AddressReport> {
    return this.#routes.report(address)
  }

  editItem(batchId: string, itemId: string, latex: string | null): Promise<Result<void>> {
    return this.#with(batchId, (record) => record.update((batch) => editItem(batch, itemId, latex)))
  }

  reviewItems(
    batchId: string,
    itemIds: readonly string[],
    marks: { readonly flagged?: boolean | undefined; readonly accepted?: boolean | undefined },
  ): Promise<Result<void>> {
    return this.#with(batchId, (record) => record.update((batch) => reviewItems(batch, itemIds, marks)))
  }

  /** The stored picture or thumbnail of an item; for the page's image addresses. */
  imageFile(batchId: string, itemId: string, which: 'image' | 'thumb'): string | undefined {
    const name = this.#records.get(batchId)?.privateOf(itemId)[which]
    return name === undefined ? undefined : path.join(imagesDir(this.#dirOf(batchId)), name)
  }

  /** Where a file was picked up; for the command line and the log, never for the page. */
  sourcePath(batchId: string, itemId: string): string | undefined {
    return this.#records.get(batchId)?.privateOf(itemId).path
  }

  hasRunningBatches(): boolean {
    return [...this.#records.values()].some(({ batch }) => isRunning(batch))
  }

  /** Resolves when no file of the batch is being read any more. */
  whenPrepared(batchId: string): Promise<void> {
    return this.#adder.whenIdle(batchId)
  }

  /** Writes what is not on disk yet and stops; running batches go on at the next start. */
  async close(): Promise<void> {
    this.#adder.close()
    await this.#runner.close()
    await Promise.all([...this.#records.values()].map((record) => record.close()))
    await this.#till.close()
    this.#changes.flush()
    this.#summaries.stop()
  }

  /**
   * Sends those of the items that are still being read as soon as all are, unless everything is canceled before. Nobody waits for the
   * answer, so a refusal is told.
   */
  #sendLater(record: BatchRecord, items: readonly Item[]): void {
    const later = new Set(items.filter(({ state }) => state === 'preparing').map(({ id }) => id))
    if (later.size === 0) return
    const { cancels } = record
    const send = async () => {
      await this.#adder.whenIdle(record.batch.id)
      if (record.cancels !== cancels) return
      const ids = record.batch.items
        .map(({ id }) => id)
        .filter((id) => later.has(fileIdOf(id)) || later.has(id))
      const sent = await this.#runner.send(record, ids)
      if (sent.ok) return
      const { title, hint } = describeError(sent.error)
      this.#deps.events.onNotice({ tone: 'problem', message: `${title}. ${hint}` })
    }
    void send()
  }

  /** Waits on for a lost reply, and says what can be known meanwhile. Sends no image. */
  async #look(record: BatchRecord, submissionId: string): Promise<Result<void>> {
    const submission = record.batch.submissions.find(({ id }) => id === submissionId)
    if (submission?.state !== 'unclear') return invalid('This batch is not waiting for a choice.')
    const since = submission.submittedAt
    const sentSince = [...this.#records.values()]
      .flatMap(({ batch }) => batch.submissions)
      .filter(({ id, engine, submittedAt }) => {
        return id !== submissionId && engine.kind === 'mathpix' && submittedAt >= since
      })
    const looked = await lookForBatch({
      submission,
      options: record.batch.options,
      connection: await this.#deps.connect(submission.engine),
      others: sentSince.reduce((sum, { itemIds }) => sum + itemIds.length, 0),
      now: this.#deps.now(),
    })
    return record.update((batch) => noteLook(batch, submissionId, looked))
  }

  #addRecord(stored: StoredBatch): BatchRecord {
    const { id } = stored.batch
    const record = new BatchRecord(stored, new JournalWriter(this.#dirOf(id)), {
      onSaved: (change) => {
        if (!this.#records.has(id)) return
        this.#changes.push(change)
        this.#summaries.touch()
      },
      onDiskError: (error) => {
        if (this.#records.has(id)) this.#reportDiskError(error)
      },
    })
    this.#records.set(id, record)
    return record
  }

  /** At most one notice in ten seconds: a full disk fails every write. */
  #reportDiskError(error: AppError): void {
    const now = this.#deps.now()
    this.#deps.log.error(error.kind === 'storage' ? error.message : 'disk error')
    if (now - this.#lastDiskNotice < 10_000) return
    this.#lastDiskNotice = now
    this.#deps.events.onNotice({
      tone: 'problem',
      message: error.kind === 'storage' ? error.message : 'The disk refused a write.',
    })
  }

  async #with<T>(batchId: string, use: (record: BatchRecord) => Promise<Result<T>>): Promise<Result<T>> {
    const record = this.#records.get(batchId)
    return record ? use(record) : noSuchBatch()
  }

  #dirOf(batchId: string): string {
    return path.join(this.#deps.dir, batchId)
  }
}

const NOT_PAID: UsageReport['month'] = { state: 'unknown', reason: 'This computer costs nothing.' }

function noSuchBatch(): Result<never> {
  return invalid('This batch does not exist any more.')
}
