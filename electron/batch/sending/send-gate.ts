import type { Batch, Submission } from '../../../shared/batch.ts'
import { setWaiting } from '../../../shared/batch-rules.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import { RatePlan } from '../../mathpix/rate-plan.ts'
import { accountFor } from '../../money/till.ts'
import type { BatchRecord } from '../batch-record.ts'
import { Scheduler, type SendTurn } from './scheduler.ts'
import type { TimedDeps } from '../service-deps.ts'

type GateDeps = Pick<TimedDeps, 'connect' | 'settings' | 'now' | 'elapsed' | 'sleep'>

export type Passage = {
  readonly submission: Submission
  readonly images: number
  /** The one image of a single upload. */
  readonly itemId?: string
}

/** Submissions of one batch that the engine on this computer reads at a time; the others can still be held back or canceled. */
export const MAX_LOCAL = 2

/** What every request that is billed has to pass: not while its batch is paused, in fair turns, and within the rate plan. */
export class SendGate {
  readonly #deps: GateDeps
  readonly #schedulers = new Map<string, Scheduler>()
  /** Submissions and items with a request on its way. */
  readonly #sending = new Set<string>()

  constructor(deps: GateDeps) {
    this.#deps = deps
  }

  /** Resolves when a request may be sent; undefined when the signal fires before. While it waits, the submission says why. */
  async pass(
    record: BatchRecord,
    { submission, images, itemId }: Passage,
    signal: AbortSignal,
  ): Promise<SendTurn | undefined> {
    const scheduler = await this.#schedulerOf(submission.engine)
    const turn = await scheduler.take({
      lane: record.batch.id,
      images,
      isHeld: () => record.batch.isPaused === true || isFull(record.batch, submission),
      signal,
      onWait: (until) => this.#noteWait(record, submission.id, until),
    })
    if (!turn) return undefined
    const id = itemId ?? submission.id
    this.#sending.add(id)
    return {
      end: (hasLeft) => {
        this.#sending.delete(id)
        turn.end(hasLeft)
      },
    }
  }

  /** True while the answer to a request for this submission, or for this image alone, is still to come. */
  isSending(submissionOrItemId: string): boolean {
    return this.#sending.has(submissionOrItemId)
  }

  /** True while the answer to any request that may be billed is still to come. */
  isSendingAny(): boolean {
    return this.#sending.size > 0
  }

  /** A batch was paused or resumed, or has been read. */
  look(): void {
    for (const scheduler of this.#schedulers.values()) scheduler.look()
  }

  async #schedulerOf(engine: EngineChoice): Promise<Scheduler> {
    const account = await this.#accountOf(engine)
    const known = this.#schedulers.get(account)
    if (known) return known
    const limit = () =>
      engine.kind === 'local' ? undefined : (this.#deps.settings().imagesPerMinute ?? undefined)
    const scheduler = new Scheduler({ ...this.#deps, plan: new RatePlan(limit, this.#deps.elapsed) })
    this.#schedulers.set(account, scheduler)
    return scheduler
  }

  async #accountOf(engine: EngineChoice): Promise<string> {
    if (engine.kind === 'local') return 'local'
    const connection = await this.#deps.connect(engine)
    return connection.ok ? accountFor(engine.baseUrl, connection.value) : engine.baseUrl
  }

  /** Written once for each time that is foreseen, not each second. */
  #noteWait(record: BatchRecord, submissionId: string, until: number): void {
    const submission = record.submission(submissionId)
    if (submission?.state !== 'submitting' && submission?.state !== 'processing') return
    const { cause, until: before = '' } = submission.waiting ?? {}
    if (cause === 'rate_plan' && Math.abs(Date.parse(before) - until) < SAME_MS) return
    const images = this.#deps.settings().imagesPerMinute ?? 0
    const waiting = {
      reason: `Waiting for the rate plan of ${String(images)} images a minute.`,
      until: new Date(until).toISOString(),
      cause: 'rate_plan',
    } as const
    void record.update((batch) => setWaiting(batch, submissionId, waiting))
  }
}

const SAME_MS = 1500

function isFull(batch: Batch, { engine }: Submission): boolean {
  if (engine.kind !== 'local') return false
  const reading = batch.submissions.filter(
    (submission) => submission.state === 'processing' && submission.engine.kind === 'local',
  )
  return reading.length >= MAX_LOCAL
}
