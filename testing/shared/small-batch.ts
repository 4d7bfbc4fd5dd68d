import type { Batch, Item } from '../../shared/batch.ts'
import { acceptSubmission, startSubmission } from '../../shared/batch-rules.ts'

/** Small batches in every state, for tests of the rules. */

const image = { width: 1, height: 1, bytes: 1, mime: 'image/png', hash: 'h', revision: 1 } as const

/** A file that is ready. */
export const itemOf = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  key: `k${id}`,
  source: { kind: 'file', name: `${id}.png` },
  state: 'ready',
  image,
  overrides: {},
  flagged: false,
  accepted: false,
  ...more,
})

/** One that was read. */
export const doneOf = (id: string, latex: string, more: Partial<Item> = {}): Item =>
  itemOf(id, { state: 'completed', result: { latex_styled: latex }, ...more })

export const batchOf = (...items: Item[]): Batch => ({
  id: 'b',
  name: 'Batch',
  createdAt: '2026-01-01T00:00:00.000Z',
  engine: { kind: 'local' },
  options: {},
  submissions: [],
  items,
})

/** When `start` sends. */
export const SUBMITTED = '2026-01-01T00:00:00.000Z'
/** Sends the named items as the submission `s`. */
export const start = (batch: Batch, ...ids: string[]) =>
  startSubmission(batch, {
    id: 's',
    engine: { kind: 'local' },
    submittedAt: SUBMITTED,
    sentAs: new Map(ids.map((id) => [id, 'hosted'])),
  })
/** A batch of these items, all accepted as `batch_id` 17. */
export const running = (...ids: string[]) =>
  acceptSubmission(start(batchOf(...ids.map((id) => itemOf(id))), ...ids), 's', 17)
export const states = (batch: Batch) => batch.items.map(({ state }) => state)
export const submission = (batch: Batch) => batch.submissions[0]
