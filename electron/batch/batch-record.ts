import { isDeepStrictEqual } from 'node:util'
import type { Batch, BatchChange, BatchHead, Item, Submission } from '../../shared/batch.ts'
import { diffBatch, findItem, headOf, putItems } from '../../shared/batch-changes.ts'
import type { AppError, StorageError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { describeDiskError, isDiskError } from '../disk-errors.ts'
import type { CallbackSecret } from '../hosting/callback-receiver.ts'
import { fitForDisk } from './journal/fit-for-disk.ts'
import type { JournalWriter } from './journal/journal.ts'
import {
  describeHead,
  splitLine,
  type JournalLine,
  type PrivateItem,
  type StoredBatch,
} from './journal/journal-line.ts'

type RecordEvents = {
  /**
   * Called after the change is on disk (or after a disk error was reported: memory is then ahead of the
   * disk).
   */
  readonly onSaved: (change: BatchChange) => void
  readonly onDiskError: (error: StorageError) => void
  /** A change could not be written by a fault of ours; it is not tried again. */
  readonly onBug: (error: unknown) => void
}

/**
 * One batch in memory and on disk; the only place where a batch changes. All changes of one tick are written
 * by one append and one sync (group commit), and only then handed on. What could not be written stays marked
 * and goes out with the next write.
 */
export class BatchRecord {
  #batch: Batch
  readonly #privateItems: Map<string, PrivateItem>
  #callbackHeaders: Readonly<Record<string, string>>
  readonly #callbacks: Map<string, CallbackSecret>
  readonly #writer: Pick<JournalWriter, 'append' | 'close'>
  readonly #events: RecordEvents
  readonly #dirtyItems = new Set<string>()
  readonly #dirtyPrivate = new Set<string>()
  readonly #dirtyCallbacks = new Set<string>()
  readonly #removed = new Set<string>()
  /** The head as the journal has it. */
  #writtenHead: BatchHead
  #hasNewHead = false
  #hasNewHeaders = false
  #running: Promise<Result<void>> = Promise.resolve(ok(undefined))
  #scheduled: Promise<Result<void>> | undefined
  #isClosed = false
  /** How often everything was canceled in this run: what was to be sent later is not sent after that. */
  cancels = 0
  /** Items taken out in this run, so that they can be put back. */
  readonly removedItems = new Map<string, Item>()

  constructor(stored: StoredBatch, writer: Pick<JournalWriter, 'append' | 'close'>, events: RecordEvents) {
    this.#batch = stored.batch
    this.#writtenHead = headOf(stored.batch)
    this.#privateItems = new Map(stored.privateItems)
    this.#callbackHeaders = stored.callbackHeaders
    this.#callbacks = new Map(stored.callbacks)
    this.#writer = writer
    this.#events = events
  }

  get batch(): Batch {
    return this.#batch
  }

  submission(id: string | undefined): Submission | undefined {
    return this.#batch.submissions.find((submission) => submission.id === id)
  }

  get callbackHeaders(): Readonly<Record<string, string>> {
    return this.#callbackHeaders
  }

  /** Where the engine reports that a submission is done; absent when it does not report to the app. */
  callbackOf(submissionId: string): CallbackSecret | undefined {
    return this.#callbacks.get(submissionId)
  }

  /** Goes to disk with the next write. */
  setCallback(submissionId: string, secret: CallbackSecret): void {
    this.#callbacks.set(submissionId, secret)
    this.#dirtyCallbacks.add(submissionId)
  }

  privateOf(itemId: string): PrivateItem {
    return this.#privateItems.get(itemId) ?? {}
  }

  /** Of removed items as well. */
  privateIds(): string[] {
    return [...this.#privateItems.keys()]
  }

  /** Applies a pure transition at once and answers when it is on disk. */
  update(
    change: (batch: Batch) => Batch,
    privateItems: Readonly<Record<string, PrivateItem>> = {},
  ): Promise<Result<void>> {
    const before = this.#batch
    this.#batch = change(before)
    const difference = diffBatch(before, this.#batch)
    for (const item of difference.items) {
      this.#dirtyItems.add(item.id)
      this.#removed.delete(item.id)
    }
    for (const id of difference.removedItemIds) {
      this.#dirtyItems.delete(id)
      this.#removed.add(id)
    }
    this.#hasNewHead ||= difference.hasNewHead
    for (const [id, data] of Object.entries(privateItems)) {
      if (isDeepStrictEqual(this.#privateItems.get(id), data)) continue
      this.#privateItems.set(id, data)
      this.#dirtyPrivate.add(id)
    }
    return this.flush()
  }

  /** For what becomes of an item while it is taken out: it is there when it is put back. */
  changeRemoved(itemId: string, change: (item: Item) => Item): void {
    const item = this.removedItems.get(itemId)
    if (item) this.removedItems.set(itemId, change(item))
  }

  setCallbackHeaders(headers: Readonly<Record<string, string>>): void {
    this.#callbackHeaders = headers
    this.#hasNewHeaders = true
  }

  /** Writes what is not on disk yet. Callers of one tick share one write. */
  flush(): Promise<Result<void>> {
    if (!this.#isDirty()) return this.#scheduled ?? this.#running
    if (!this.#scheduled) {
      const previous = this.#running
      this.#scheduled = previous
        .then(() => new Promise((resolve) => setImmediate(resolve)))
        .then(() => {
          this.#scheduled = undefined
          this.#running = this.#write()
          return this.#running
        })
    }
    return this.#scheduled
  }

  /** Stops writing for good; later changes stay in memory. */
  async close(): Promise<void> {
    await this.flush()
    this.#isClosed = true
    await this.#writer.close()
  }

  #isDirty(): boolean {
    const hasParts =
      this.#dirtyItems.size + this.#dirtyPrivate.size + this.#dirtyCallbacks.size + this.#removed.size > 0
    return hasParts || this.#hasNewHead || this.#hasNewHeaders
  }

  async #write(): Promise<Result<void>> {
    if (!this.#isDirty()) return ok(undefined)
    if (this.#isClosed) return fail(CLOSED)
    const head = headOf(this.#batch)
    const items = this.#fittingItems()
    const removed = [...this.#removed]
    const isVisible = items.length > 0 || removed.length > 0 || this.#hasNewHead
    const taken = {
      items: [...this.#dirtyItems],
      private: [...this.#dirtyPrivate],
      callbacks: [...this.#dirtyCallbacks],
      head: this.#hasNewHead,
      headers: this.#hasNewHeaders,
    }
    const line: JournalLine = {
      ...(taken.head ? describeHead(this.#writtenHead, head) : {}),
      ...(items.length > 0 ? { items } : {}),
      ...(removed.length > 0 ? { removed } : {}),
      ...this.#privateLine(taken),
    }
    this.#dirtyItems.clear()
    this.#dirtyPrivate.clear()
    this.#dirtyCallbacks.clear()
    this.#removed.clear()
    this.#hasNewHead = false
    this.#hasNewHeaders = false
    let result: Result<void> = ok(undefined)
    try {
      for (const part of splitLine(line)) await this.#writer.append(part)
      this.#writtenHead = head
    } catch (error) {
      if (isDiskError(error)) {
        for (const id of taken.items) if (!this.#removed.has(id)) this.#dirtyItems.add(id)
        for (const id of taken.private) this.#dirtyPrivate.add(id)
        for (const id of taken.callbacks) this.#dirtyCallbacks.add(id)
        for (const id of removed) if (!this.#dirtyItems.has(id)) this.#removed.add(id)
        this.#hasNewHead ||= taken.head
        this.#hasNewHeaders ||= taken.headers
        const storage = describeDiskError(error, 'The latest changes are not saved yet.')
        this.#events.onDiskError(storage)
        result = fail(storage)
      } else {
        this.#events.onBug(error)
        result = fail(NOT_WRITTEN)
      }
    }
    if (isVisible) this.#events.onSaved({ head, items, removedItemIds: removed })
    return result
  }

  /** What changed, as it can be written; so it is in memory from now on, too. */
  #fittingItems(): Item[] {
    const items = [...this.#dirtyItems].sort().flatMap((id) => findItem(this.#batch, id) ?? [])
    const fitting = items.map(fitForDisk)
    this.#batch = putItems(
      this.#batch,
      fitting.filter((item, index) => item !== items[index]),
    )
    return fitting
  }

  #privateLine(taken: {
    readonly private: readonly string[]
    readonly callbacks: readonly string[]
    readonly headers: boolean
  }): Pick<JournalLine, 'private'> {
    if (taken.private.length + taken.callbacks.length === 0 && !taken.headers) return {}
    const items = Object.fromEntries(taken.private.map((id) => [id, this.privateOf(id)]))
    const callbacks = Object.fromEntries(
      taken.callbacks.flatMap((id) => {
        const secret = this.#callbacks.get(id)
        return secret ? [[id, secret] as const] : []
      }),
    )
    return {
      private: {
        items,
        ...(taken.callbacks.length > 0 ? { callbacks } : {}),
        ...(taken.headers ? { callbackHeaders: { ...this.#callbackHeaders } } : {}),
      },
    }
  }
}

/** What comes after the end of writing is not kept, and nobody is told that it is. */
const CLOSED: StorageError = {
  kind: 'storage',
  message: 'The app is being closed; this change was not saved.',
}

const NOT_WRITTEN: AppError = { kind: 'bug', message: 'A change of this batch could not be saved.' }
