import type { Batch, Item } from '../../../shared/batch.ts'
import type { RunEstimate } from '../../../shared/money.ts'
import { askFirst, mayBeBilledTwice } from '../../../shared/outstanding.ts'
import { retryItems } from '../../../shared/retry-rules.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import { adoptSent, mayHaveBeenUploaded } from './adopt-sent.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { RunDeps } from './run-deps.ts'
import { needsCopy } from '../ways/small-copies.ts'
import { planSubmissions } from '../ways/wire-batch.ts'

/**
 * What a run of the named items (else of all that are ready) would send, which way each would go and what is counted for the account
 * today. Nothing is changed and nothing leaves the computer.
 */
export async function estimateRun(
  record: BatchRecord,
  itemIds: readonly string[] | undefined,
  deps: Pick<RunDeps, 'connect' | 'ways' | 'settings' | 'till'>,
  engine: EngineChoice = record.batch.engine,
): Promise<RunEstimate> {
  const { batch } = record
  const { after, toSend, free } = sort(record, itemIds)
  const sentAs: RunEstimate['sentAs'] = { url: 0, hosted: 0, data_uri: 0, upload: 0 }
  const before = new Map(batch.items.map((item) => [item.id, item]))
  const mayBeBilled = (item: Item) =>
    mayBeBilledTwice(after, before.get(item.id) ?? item) || mayHaveBeenUploaded(record, item.id)
  const ways = await deps.ways.open(engine)
  const items = new Map(toSend.map((item) => [item.id, item]))
  let smaller = 0
  for (const planned of planSubmissions(record, toSend, { engine, ways }, deps.settings())) {
    for (const [id, way] of planned.sentAs) {
      const item = items.get(id)
      sentAs[way] += 1
      if (way === 'data_uri' && item && needsCopy(item)) smaller += 1
    }
  }
  const hasFiles = toSend.some(({ source }) => source.kind === 'file')
  const connection = engine.kind === 'local' ? undefined : await deps.connect(engine)
  return {
    itemIds: toSend.map(({ id }) => id),
    free,
    unclear: toSend.filter(mayBeBilled).length,
    sentAs,
    smaller,
    ...(hasFiles && ways.addressProblem !== undefined ? { addressProblem: ways.addressProblem } : {}),
    ...(connection?.ok
      ? {
          server: new URL(connection.value.baseUrl).host,
          today: deps.till.today(engine, connection.value),
        }
      : {}),
  }
}

/** The batch as it would be once everybody was asked who may have an answer. */
function sort(
  record: BatchRecord,
  itemIds: readonly string[] | undefined,
): { after: Batch; toSend: Item[]; free: number } {
  const { batch } = record
  const ids = itemIds ?? batch.items.filter(({ state }) => state === 'ready').map(({ id }) => id)
  const wanted = new Set(ids)
  const pending = new Set(batch.items.filter(({ state }) => state === 'pending').map(({ id }) => id))
  const run = itemIds === undefined ? batch : retryItems(batch, itemIds)
  const after = askFirst(adoptSent(run, ids, record), ids)
  const items = after.items.filter(({ id }) => wanted.has(id))
  return {
    after,
    toSend: items.filter(({ state }) => state === 'ready'),
    free: items.filter(({ id, state }) => state === 'pending' && !pending.has(id)).length,
  }
}
