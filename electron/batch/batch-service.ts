import path from 'node:path'
import type { Batch, BatchSummary, Item } from '../../shared/batch.ts'
import { isRunning } from '../../shared/batch-progress.ts'
import type { DroppedSource, UnclearChoice } from '../../shared/ipc/contract.ts'
import { editItems, reviewItems, type ItemEdit } from '../../shared/item-rules.ts'
import type { Region } from '../../shared/option-values.ts'
import type { OcrOptions } from '../../shared/parameters.ts'
import type { RunEstimate, UsageReport } from '../../shared/money.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { AddressReport, EngineChoice } from '../../shared/settings.ts'
import { systemClock } from '../clock.ts'
import { lockFolder, type FolderLock } from '../../node/folder-lock.ts'
import { reportUsage } from '../money/report-usage.ts'
import { Spending } from '../money/spending.ts'
import { Till } from '../money/till.ts'
import { ItemAdder, type Added } from './adding/add-items.ts'
import { imagesDir } from './journal/batch-folder.ts'
import { BatchList } from './batch-list.ts'
import type { BatchRecord } from './batch-record.ts'
import { retry, submit, type RunParts } from './sending/begin-run.ts'
import { cancel, cancelOnly, pause } from './sending/control-batch.ts'
import { putBack, renameItem, setOptions, setOwnOptions, takeOut } from './edit-batch.ts'
import { estimateRun } from './sending/estimate-run.ts'
import { FolderOrigin } from './journal/folder-origin.ts'
import { describeHeld, holdForeign, NOTHING_HELD } from './sending/hold-foreign.ts'
import { resolveUnclear } from './sending/resolve-unclear.ts'
import { splitItem } from './adding/split-item.ts'
import { Ways } from './ways/open-ways.ts'
import type { ServiceDeps, TimedDeps } from './service-deps.ts'
import { SubmissionRunner } from './sending/submission-runner.ts'

/** What stands open while the service does. */
type OpenParts = {
  readonly lock: FolderLock
  readonly origin: FolderOrigin
  readonly till: Till
  readonly list: BatchList
}

/**
 * What can be done with batches. Every change goes through here, is on disk before it is shown, and survives the end of
 * the process at any moment.
 */
export class BatchService {
  readonly #deps: TimedDeps
  readonly #lock: FolderLock
  readonly #list: BatchList
  readonly #adder: ItemAdder
  readonly #runner: SubmissionRunner
  readonly #till: Till
  readonly #ways: Ways

  private constructor(deps: TimedDeps, { lock, origin, till, list }: OpenParts) {
    this.#deps = deps
    this.#lock = lock
    this.#till = till
    this.#list = list
    this.#adder = new ItemAdder(deps)
    this.#ways = new Ways(deps)
    this.#runner = new SubmissionRunner({ ...deps, origin, till, ways: this.#ways })
  }

  /**
   * Opens the folder, sets aside what cannot be read, and takes up what was running. Rejects with `FolderInUseError` while another
   * process works with the folder.
   */
  static async open(given: ServiceDeps): Promise<BatchService> {
    const deps = { elapsed: systemClock.elapsed, ...given }
    const lock = await lockFolder(deps.dir)
    try {
      const origin = await FolderOrigin.read(deps.dir)
      const spending = await Spending.open(path.join(deps.dir, '..', 'spending.jsonl'), deps.now)
      const till = new Till(spending, deps.settings)
      const list = await BatchList.open(deps)
      const service = new BatchService(deps, { lock, origin, till, list })
      await service.#settleOrigin(origin)
      for (const record of service.#list.records()) {
        service.#adder.resume(record)
        service.#runner.resume(record)
      }
      return service
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  async #settleOrigin(origin: FolderOrigin): Promise<void> {
    const held = origin.isForeign ? await holdForeign(this.#list.records()) : NOTHING_HELD
    if (held === undefined) return
    // Not before that is on disk: the next start would send it.
    await origin.advance()
    const message = describeHeld(held)
    if (message !== undefined) this.#deps.events.onNotice({ tone: 'problem', message })
  }

  /** Newest first. */
  getBatches(): BatchSummary[] {
    return this.#list.summaries()
  }

  /** The batch as it stands in memory; for callers inside the main process. */
  peekBatch(batchId: string): Batch | undefined {
    return this.#list.find(batchId)?.batch
  }

  /** The batch for the page, once it is on disk. */
  openBatch(batchId: string): Promise<Result<Batch>> {
    return this.#with(batchId, async (record) => {
      await record.flush()
      return ok(record.batch)
    })
  }

  createBatch(name = 'New batch'): Promise<Result<Batch>> {
    return this.#list.create(name)
  }

  renameBatch(batchId: string, name: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => record.update((batch) => ({ ...batch, name })))
  }

  deleteBatch(batchId: string): Promise<Result<void>> {
    return this.#list.delete(batchId, (record) => cancel(record, this.#runner))
  }

  addSources(batchId: string, sources: readonly DroppedSource[]): Promise<Result<Added>> {
    return this.#with(batchId, (record) => this.#adder.addSources(record, sources))
  }

  addUrls(batchId: string, urls: readonly string[]): Promise<Result<Added>> {
    return this.#with(batchId, (record) => this.#adder.addUrls(record, urls))
  }

  /** Answers the items as they were, for an undo. */
  removeItems(batchId: string, itemIds: readonly string[]): Promise<Result<Item[]>> {
    return this.#with(batchId, (record) => takeOut(record, itemIds))
  }

  restoreItems(batchId: string, itemIds: readonly string[]): Promise<Result<void>> {
    return this.#with(batchId, (record) => putBack(record, itemIds))
  }

  /** An item for each of the regions, else for each block of ink; answers their ids. */
  splitItem(
    batchId: string,
    itemId: string,
    regions?: readonly Region[],
  ): Promise<Result<{ itemIds: string[] }>> {
    return this.#with(batchId, (record) => splitItem(record, itemId, regions, this.#deps))
  }

  renameItem(batchId: string, itemId: string, text: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => renameItem(record, itemId, text))
  }

  setBatchOptions(batchId: string, options: OcrOptions): Promise<Result<void>> {
    return this.#with(batchId, (record) => setOptions(record, options))
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
    return this.#with(batchId, (record) => setOwnOptions(record, itemIds, set, reset))
  }

  /** Sends what is ready now, and what is still being read as soon as it is. */
  submitBatch(batchId: string): Promise<Result<void>> {
    return this.#with(batchId, (record) => submit(record, this.#runParts))
  }

  /** @param engine another one than the batch's, for a second opinion on these items */
  retryItems(batchId: string, itemIds: readonly string[], engine?: EngineChoice): Promise<Result<void>> {
    return this.#with(batchId, (record) => retry(record, itemIds, this.#runParts, engine))
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
      resolveUnclear(record, submissionId, choice, {
        ...this.#deps,
        runner: this.#runner,
        records: this.#list.records(),
      }),
    )
  }

  /** What a run would send and what is counted for today, before it is started. */
  estimateRun(
    batchId: string,
    itemIds?: readonly string[],
    engine?: EngineChoice,
  ): Promise<Result<RunEstimate>> {
    return this.#with(batchId, async (record) =>
      ok(await estimateRun(record, itemIds, { ...this.#deps, till: this.#till, ways: this.#ways }, engine)),
    )
  }

  /** Today by the app's own count, the month by the server's. */
  getUsage(engine: EngineChoice): Promise<UsageReport> {
    return reportUsage(engine, this.#till, this.#deps)
  }

  /** Whether files can be fetched through a public address; for the settings. */
  checkPublicAddress(address: string): Promise<AddressReport> {
    return this.#ways.report(address)
  }

  editItem(batchId: string, itemId: string, latex: string | null): Promise<Result<void>> {
    return this.editItems(batchId, [{ itemId, latex }])
  }

  editItems(batchId: string, edits: readonly ItemEdit[]): Promise<Result<void>> {
    return this.#with(batchId, (record) => record.update((batch) => editItems(batch, edits)))
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
    const name = this.#list.find(batchId)?.privateOf(itemId)[which]
    return name === undefined ? undefined : path.join(imagesDir(this.#list.dirOf(batchId)), name)
  }

  /** Where a file was picked up; for the command line and the log, never for the page. */
  sourcePath(batchId: string, itemId: string): string | undefined {
    return this.#list.find(batchId)?.privateOf(itemId).path
  }

  hasRunningBatches(): boolean {
    return this.#list.records().some(({ batch }) => isRunning(batch))
  }

  /** True while the answer to a request that may be billed is still to come: an end now would leave it unknown. */
  isSending(): boolean {
    return this.#runner.isSendingAny()
  }

  /** Resolves when no file of the batch is being read any more. */
  whenPrepared(batchId: string): Promise<void> {
    return this.#adder.whenIdle(batchId)
  }

  /** Writes what is not on disk yet and stops; running batches go on at the next start. `waits`: for answers that are still to come. */
  async close({ waits = false } = {}): Promise<void> {
    this.#adder.close()
    await this.#runner.close(waits)
    await this.#list.close()
    await this.#till.close()
    await this.#lock.release()
  }

  get #runParts(): RunParts {
    return { adder: this.#adder, runner: this.#runner, onNotice: this.#deps.events.onNotice }
  }

  #with<T>(batchId: string, use: (record: BatchRecord) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#list.with(batchId, use)
  }
}
