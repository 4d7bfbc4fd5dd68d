import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { send } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit

beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states, submissionStates } = watchRuns(() => kit)

describe('a POST', () => {
  it('whose reply is lost is unclear and never repeated by itself', async () => {
    kit.server.next.push((_, response) => response.destroy())
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    const batch = await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    expect(batch.submissions[0]?.error?.kind).toBe('unclear_post')
    expect(kit.server.posts()).toHaveLength(1)

    unwrap(await kit.service.resolveUnclear(id, batch.submissions[0]?.id ?? '', 'send_again'))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
    expect(kit.server.posts()).toHaveLength(2)
  })

  it.each([
    ['garbage', 200],
    ['<html>gateway</html>', 502],
    ['{"unexpected": true}', 200],
  ])('answered with %s (HTTP %i) is unclear', async (body, status) => {
    kit.server.next.push((_, response) => response.writeHead(status).end(body))
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('given up after a lost reply leaves errors that can be retried', async () => {
    kit.server.next.push((_, response) => response.destroy())
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    const batch = await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    unwrap(await kit.service.resolveUnclear(id, batch.submissions[0]?.id ?? '', 'give_up'))
    expect(states(id)).toEqual(['error'])
    unwrap(await kit.service.retryItems(id, [batch.items[0]?.id ?? '']))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
  })

  it('refused with an error of the protocol puts the items back and says why', async () => {
    kit.server.next.push((_, response) =>
      send(response, {
        error: 'Unknown format',
        error_info: { id: 'opts_unknown_format', message: 'Unknown format' },
      }),
    )
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    const batch = await kit.until(id, ({ submissions }) => submissions[0]?.state === 'failed')
    expect(batch.submissions[0]?.error).toMatchObject({ kind: 'mathpix', id: 'opts_unknown_format' })
    expect(states(id)).toEqual(['ready'])
  })

  it('refused for too many requests is sent again after Retry-After', async () => {
    kit.server.next.push((_, response) =>
      send(
        response,
        { error: 'Too many', error_info: { id: 'http_max_requests', message: 'Too many' } },
        429,
        { 'retry-after': '7' },
      ),
    )
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
    expect(kit.sleeps).toContain(7000)
    const reasons = (await kit.journal(id)).map(({ submissions }) => submissions?.[0]?.waiting?.reason)
    expect(reasons).toContain('Too many requests at the moment; the server asks to wait.')
  })

  it('with refused keys fails once, and the other parts of the batch are not sent', async () => {
    kit.server.next.push((_, response) =>
      send(
        response,
        {
          error: 'Invalid credentials',
          error_info: { id: 'http_unauthorized', message: 'Invalid credentials' },
        },
        401,
      ),
    )
    await kit.open()
    const id = await kit.batchWith(101)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions.every(({ state }) => state === 'failed'))
    expect(submissionStates(id)).toEqual(['failed', 'failed'])
    expect(new Set(states(id))).toEqual(new Set(['ready']))
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('is not made when the state cannot be written', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    await kit.service.close()
    // The time for another try, and for another notice, does not come.
    await kit.open({ sleep: () => new Promise(() => undefined) })
    await rm(path.join(kit.dir, 'batches', id), { recursive: true })
    const sent = await kit.service.submitBatch(id)
    expect(sent).toMatchObject({ ok: false, error: { kind: 'storage' } })
    expect(states(id)).toEqual(['ready'])
    expect(kit.notices).toHaveLength(1)
    expect(kit.server.posts()).toHaveLength(0)
  })

  it('leaves no keys on disk', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(JSON.stringify(await kit.journal(id))).not.toContain('secret-key')
  })
})

describe('the end of the app', () => {
  it('waits for the answer to a POST that is on its way, so that its batch_id is kept', async () => {
    let answer: () => void = () => undefined
    kit.server.next.push((_, response) => {
      answer = () => send(response, { batch_id: 4711 })
    })
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await expect.poll(() => kit.server.posts().length).toBe(1)
    expect(kit.service.isSending()).toBe(true)
    const service = kit.service
    // Longer than anything else may take at the end.
    setTimeout(() => answer(), 300)
    await service.close({ waits: true })
    expect(service.peekBatch(id)?.submissions[0]).toMatchObject({ state: 'processing', batch_id: 4711 })
    expect(service.isSending()).toBe(false)
  })
})
