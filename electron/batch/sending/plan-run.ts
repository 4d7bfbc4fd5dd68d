import { nanoid } from 'nanoid'
import type { Item } from '../../../shared/batch.ts'
import { askableOf } from '../../../shared/outstanding.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import type { BatchRecord } from '../batch-record.ts'
import type { OpenWays } from '../ways/open-ways.ts'
import type { RunDeps } from './run-deps.ts'
import { startPlanned } from './start-submissions.ts'
import { planSubmissions } from '../ways/wire-batch.ts'

type PlanDeps = Pick<RunDeps, 'connect' | 'dir' | 'events' | 'host' | 'now' | 'ways' | 'settings' | 'till'>

/**
 * Divides the named ready items into submissions and puts them on disk as waiting for their turn. Answers their ids, none when there is
 * nothing to send. Missing keys and a spent limit are known before anything is marked.
 */
export async function planRun(
  record: BatchRecord,
  itemIds: readonly string[],
  deps: PlanDeps,
  engine: EngineChoice = record.batch.engine,
): Promise<Result<string[]>> {
  const { cancels } = record
  const wanted = new Set(itemIds)
  // Nothing is sent that somebody has to be asked about first.
  const mayBeSent = (item: Item) =>
    item.state === 'ready' && wanted.has(item.id) && !askableOf(record.batch, item)
  if (!record.batch.items.some(mayBeSent)) return ok([])
  const ways = await deps.ways.open(engine)
  const items = record.batch.items.filter(mayBeSent)
  const plan = planSubmissions(record, items, { engine, ways }, deps.settings()).map((planned) => ({
    ...planned,
    id: nanoid(12),
  }))
  if (engine.kind === 'mathpix') {
    const connection = await deps.connect(engine)
    if (!connection.ok) return connection
    const posts = plan.map(({ id, sentAs }) => ({ id, images: sentAs.size }))
    const counted = await deps.till.reserve(engine, connection.value, posts)
    if (!counted.ok) return counted
    if (record.cancels !== cancels) {
      for (const { id } of plan) await deps.till.giveBack(id)
      return ok([])
    }
  }
  const saved = await startPlanned(record, plan, { engine, ways }, deps)
  if (!saved.ok) return saved
  tellClosedAddress(items, ways, deps)
  return ok(plan.map(({ id }) => id))
}

/** The images go nevertheless, by another way; each says so, and this says why. */
function tellClosedAddress(
  items: readonly Item[],
  { addressProblem }: OpenWays,
  { events }: Pick<PlanDeps, 'events'>,
): void {
  if (addressProblem === undefined || items.every(({ source }) => source.kind === 'url')) return
  const message = `Your public address cannot be used. ${addressProblem} The files are sent to the server directly instead.`
  events.onNotice({ tone: 'problem', message })
}
