import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { Settings } from '../../shared/settings.ts'
import { send, type Answer } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { itemsOf, keysSent, sentToday } = watchRuns(() => kit)

/** Every POST is accepted, every poll answered with this reading of all images of the last POST. */
function answerWith(readings: readonly string[]): void {
  const accept: Answer = (request, response) => kit.server.answerNormally(request, response)
  for (const latex_styled of readings)
    kit.server.next.push(accept, (_, response) => {
      const keys = keysSent().at(-1) ?? []
      send(response, { keys, results: Object.fromEntries(keys.map((key) => [key, { latex_styled }])) })
    })
}

describe('a second opinion', () => {
  it('asks the other engine about these images alone, keeps both answers, and leaves the batch with its own engine', async () => {
    await kit.open({ engine: { kind: 'local' } })
    const id = await kit.batchWith(3)
    answerWith(['x', 'y'])
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    const [, doubted] = itemsOf(id)
    const ids = [doubted?.id ?? '']
    expect(unwrap(await kit.service.estimateRun(id, ids, kit.mathpix))).toMatchObject({
      itemIds: ids,
      free: 0,
    })
    expect(await sentToday()).toBe(0)
    unwrap(await kit.service.retryItems(id, ids, kit.mathpix))
    await kit.until(id, isDone)
    expect(keysSent().at(-1)).toEqual([doubted?.key])
    expect(kit.batch(id).engine).toEqual({ kind: 'local' })
    expect(kit.batch(id).submissions.map(({ engine }) => engine)).toEqual([{ kind: 'local' }, kit.mathpix])
    expect(itemsOf(id)[1]).toMatchObject({
      result: { latex_styled: 'y' },
      previousResults: [{ result: { latex_styled: 'x' } }],
    })
    expect(await sentToday()).toBe(1)
  })

  it('is held by the daily limit, and then nothing is sent', async () => {
    const settings = Settings.parse({ dailyLimit: { unit: 'images', amount: 1 } })
    await kit.open({ settings: () => settings })
    const id = await kit.batchWith(2)
    unwrap(await kit.service.setBatchEngine(id, { kind: 'local' }))
    answerWith(['x'])
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    const ids = itemsOf(id).map((item) => item.id)
    const refused = await kit.service.retryItems(id, ids, kit.mathpix)
    expect(refused).toMatchObject({ ok: false, error: { kind: 'daily_limit' } })
    expect(keysSent()).toHaveLength(1)
  })
})
