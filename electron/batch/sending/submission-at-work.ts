import type { Batch, Item, Submission } from '../../../shared/batch.ts'
import { failSubmission } from '../../../shared/batch-rules.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { PrivateItem } from '../journal/journal-line.ts'
import { pendingItems } from '../ways/wire-batch.ts'
import type { RunDeps } from './run-deps.ts'

type Parts = Pick<SubmissionAtWork, 'record' | 'id' | 'deps' | 'signal'>

/** A submission that is being sent or asked for: what is known of it at the moment, how it changes, and when to stop. */
export class SubmissionAtWork {
  readonly record: BatchRecord
  readonly id: string
  readonly deps: RunDeps
  readonly signal: AbortSignal

  constructor({ record, id, deps, signal }: Parts) {
    this.record = record
    this.id = id
    this.deps = deps
    this.signal = signal
  }

  /** The same with other means, or to be stopped otherwise. */
  with(changes: Partial<Pick<Parts, 'deps' | 'signal'>>): SubmissionAtWork {
    const { record, id, deps, signal } = this
    return new SubmissionAtWork({ record, id, deps, signal, ...changes })
  }

  /** As it is at this moment. */
  current(): Submission | undefined {
    return this.record.submission(this.id)
  }

  /** Its images that have no answer. */
  get pending(): Item[] {
    return pendingItems(this.record, this.id)
  }

  update(
    change: (batch: Batch, id: string) => Batch,
    privateItems?: Readonly<Record<string, PrivateItem>>,
  ): Promise<Result<void>> {
    return this.record.update((batch) => change(batch, this.id), privateItems)
  }

  /** Takes back what was counted for it, or for so many images of it. */
  async giveBack(images?: number): Promise<void> {
    await this.deps.till.giveBack(this.id, images)
  }

  /** Its images are ready again. */
  async returnItems(error: AppError): Promise<void> {
    await this.update((batch, id) => failSubmission(batch, id, error, 'ready'))
  }
}
