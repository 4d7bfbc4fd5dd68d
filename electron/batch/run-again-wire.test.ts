import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import { envelope, send, type Answer } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { itemsOf, keysSent, sentToday } = watchRuns(() => kit)

describe('a run', () => {
  it('that is asked for twice at once is made once', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    const ids = itemsOf(id).map((item) => item.id)
    await Promise.all([
      kit.service.submitBatch(id),
      kit.service.submitBatch(id),
      kit.service.retryItems(id, ids),
    ])
    await kit.until(id, isDone)
    expect(kit.server.posts()).toHaveLength(1)
    expect(kit.batch(id).submissions).toHaveLength(1)
    expect(await sentToday()).toBe(1)
  })

  it('of the failed ones leaves the others untouched', async () => {
    await kit.open()
    const id = await kit.batchWith(3)
    const [first, second, third] = itemsOf(id)
    kit.server.next.push(
      (request, response) => kit.server.answerNormally(request, response),
      (_, response) => {
        const [one = '', two = '', three = ''] = keysSent()[0] ?? []
        const results = {
          [one]: { latex_styled: 'a' },
          [two]: envelope('sys_exception'),
          [three]: { latex_styled: 'c' },
        }
        send(response, { keys: [one, two, three], results })
      },
    )
    unwrap(await kit.service.submitBatch(id))
    const before = await kit.until(id, isDone)
    unwrap(await kit.service.retryItems(id, [second?.id ?? '']))
    await kit.until(id, isDone)
    expect(keysSent()).toEqual([[first?.key, second?.key, third?.key], [second?.key]])
    expect(itemsOf(id)[0]).toBe(before.items[0])
    expect(itemsOf(id)[2]).toBe(before.items[2])
  })

  it('with other options keeps the edit and the old result', async () => {
    let reading = 'old'
    await kit.open()
    const id = await kit.batchWith(1)
    const itemId = itemsOf(id)[0]?.id ?? ''
    const answer: Answer = (_, response) => {
      const [key = ''] = keysSent()[0] ?? []
      send(response, { keys: [key], results: { [key]: { latex_styled: reading } } })
    }
    const normally: Answer = (request, response) => kit.server.answerNormally(request, response)
    kit.server.next.push(normally, answer, normally, answer)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    unwrap(await kit.service.editItem(id, itemId, 'mine'))
    unwrap(await kit.service.setItemOptions(id, [itemId], { formats: ['text'] }, []))
    reading = 'new'
    unwrap(await kit.service.retryItems(id, [itemId]))
    await kit.until(id, isDone)
    await kit.service.close()
    await kit.open()
    const [old, latest] = kit.batch(id).submissions
    expect(itemsOf(id)[0]).toMatchObject({
      edit: 'mine',
      result: { latex_styled: 'new' },
      answeredBy: latest?.id,
      previousResults: [{ result: { latex_styled: 'old' }, submissionId: old?.id }],
    })
    expect((kit.server.posts()[1]?.json as BatchRequest).urls).toMatchObject({
      [itemsOf(id)[0]?.key ?? '']: { formats: ['text'] },
    })
  })
})
