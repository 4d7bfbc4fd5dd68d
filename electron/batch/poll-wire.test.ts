import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { send } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { eventually, watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit

beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states } = watchRuns(() => kit)

describe('polling', () => {
  it('goes on through rate limits, garbage and lost connections', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    kit.server.next.push(
      (request, response) => kit.server.answerNormally(request, response),
      (_, response) => send(response, {}, 429, { 'retry-after': '3' }),
      (_, response) => response.end('garbage'),
      (_, response) => response.destroy(),
      (_, response) => response.writeHead(503).end(),
    )
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
    expect(kit.sleeps).toContain(3000)
  })

  it('leaves it to the user when the batch stays unknown, and asks on', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    kit.server.next.push((_, response) => send(response, { batch_id: 4711 }))
    unwrap(await kit.service.submitBatch(id))
    const { submissions } = await kit.until(id, (batch) => batch.submissions[0]?.state === 'unclear')
    expect(submissions[0]).toMatchObject({ batch_id: 4711, error: { kind: 'unclear_post' } })
    expect(states(id)).toEqual(['pending'])
    const asked = kit.server.requests.length
    await eventually(() => kit.server.requests.length).toBeGreaterThan(asked)
    const submissionId = submissions[0]?.id ?? ''
    unwrap(await kit.service.resolveUnclear(id, submissionId, 'look'))
    expect(kit.batch(id).submissions[0]?.looked?.message).toContain('does not find this batch')
    expect(kit.server.posts()).toHaveLength(1)
    unwrap(await kit.service.resolveUnclear(id, submissionId, 'send_again'))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
    expect(kit.server.posts()).toHaveLength(2)
  })

  it('of an unknown batch ends well when the server finds it after all', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    kit.server.next.push((_, response) => send(response, { batch_id: 17 }))
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    // The same number, and the same key.
    const other = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(other))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
    expect(kit.server.posts()).toHaveLength(2)
  })

  it('of the engine on this computer ends when it lost its data: sending again is free', async () => {
    const engine = { kind: 'local' } as const
    await kit.open({ engine })
    const id = await kit.batchWith(1)
    kit.server.next.push((_, response) => send(response, { batch_id: 4711 }))
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'failed')
    unwrap(await kit.service.retryItems(id, [kit.batch(id).items[0]?.id ?? '']))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
  })

  it('taken up again after a cancel costs no second POST', async () => {
    kit.server.finishedKeys = () => []
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'processing')
    unwrap(await kit.service.cancelBatch(id))
    expect(states(id)).toEqual(['error'])
    kit.server.finishedKeys = (keys) => keys
    unwrap(await kit.service.retryItems(id, [kit.batch(id).items[0]?.id ?? '']))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('keeps the edit of an item that is run again', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    const [item] = (await kit.until(id, isDone)).items
    unwrap(await kit.service.editItem(id, item?.id ?? '', 'mine'))
    unwrap(await kit.service.retryItems(id, [item?.id ?? '']))
    await kit.until(id, isDone)
    expect(kit.batch(id).items[0]).toMatchObject({ state: 'completed', edit: 'mine' })
    expect(kit.server.posts()).toHaveLength(2)
  })
})
