import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { envelope, send } from '../../testing/node/fake-mathpix.ts'
import { holdReading, noCopyRunner } from '../../testing/electron/direct-runner.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { eventually, watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const {
  itemsOf,
  states,
  keysSent,
  sentToday,
  timesSent,
  uploads,
  withFirstPostOpen,
  sendAnother,
  withUploads,
} = watchRuns(() => kit)

describe('canceling some images', () => {
  it('leaves those out that were not sent; they are ready, and the others go on', async () => {
    const { id, answer } = await withFirstPostOpen()
    const gone = itemsOf(id)
      .slice(2, 4)
      .map((item) => item.id)
    unwrap(await kit.service.cancelItems(id, gone))
    answer()
    await kit.until(id, isDone)
    expect(states(id).filter((state) => state === 'ready')).toHaveLength(2)
    expect(keysSent().map(({ length }) => length)).toEqual([2, 1])
    expect(await sentToday()).toBe(3)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ items }) => items.every(({ state }) => state === 'completed'))
    expect(timesSent()).toBe(1)
  })

  it('that an engine has: a retry fetches them without a second POST', async () => {
    let isReading = true
    kit.server.finishedKeys = (keys) => (isReading ? [] : keys)
    await kit.open()
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'processing')
    const first = itemsOf(id)[0]?.id ?? ''
    unwrap(await kit.service.cancelItems(id, [first]))
    expect(states(id)).toEqual(['error', 'pending'])
    isReading = false
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'completed')
    expect(states(id)).toEqual(['error', 'completed'])
    expect(unwrap(await kit.service.estimateRun(id, [first]))).toMatchObject({ itemIds: [], free: 1 })
    unwrap(await kit.service.retryItems(id, [first]))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed', 'completed'])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('while they are being sent: they are not sent again before the answer, and then not at all', async () => {
    const { id, answer } = await withFirstPostOpen()
    const first = itemsOf(id)[0]?.id ?? ''
    unwrap(await kit.service.cancelItems(id, [first]))
    expect(itemsOf(id)[0]?.error?.kind).toBe('unclear_post')
    expect(await kit.service.retryItems(id, [first])).toMatchObject({ ok: false })
    answer()
    await kit.until(id, isDone)
    expect(itemsOf(id)[0]?.error?.kind).toBe('canceled')
    unwrap(await kit.service.retryItems(id, [first]))
    await kit.until(id, ({ items }) => items.every(({ state }) => state === 'completed'))
    expect(timesSent()).toBe(1)
  })

  it('while they are being sent, and the reply is lost: a further run says that it may be billed twice', async () => {
    let lose: (() => void) | undefined
    kit.server.next.push((_, response) => (lose = () => response.destroy()))
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await eventually(() => lose).toBeDefined()
    unwrap(await kit.service.cancelBatch(id))
    const ids = itemsOf(id).map((item) => item.id)
    expect(await kit.service.retryItems(id, ids)).toMatchObject({ ok: false })
    lose?.()
    await eventually(async () => unwrap(await kit.service.estimateRun(id, ids))).toMatchObject({
      itemIds: ids,
      free: 0,
      unclear: 1,
    })
    expect(await sentToday()).toBe(1)
  })

  it('while they are being sent, and they are refused: nothing was spent', async () => {
    let refuse: (() => void) | undefined
    kit.server.next.push((_, response) => (refuse = () => send(response, envelope('http_max_requests'), 429)))
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await eventually(() => refuse).toBeDefined()
    unwrap(await kit.service.cancelBatch(id))
    refuse?.()
    await kit.until(id, ({ items }) => items[0]?.error?.kind === 'canceled')
    await eventually(sentToday).toBe(0)
    await sendAnother()
    expect(kit.server.posts()).toHaveLength(2)
  })

  it('an upload that was begun keeps the answer that was paid for', async () => {
    const answers: (() => void)[] = []
    kit.server.next.push((request, response) =>
      answers.push(() => kit.server.answerNormally(request, response)),
    )
    await kit.open({ runner: noCopyRunner })
    const id = await withUploads(1)
    unwrap(await kit.service.submitBatch(id))
    await eventually(() => answers.length).toBe(1)
    unwrap(await kit.service.cancelBatch(id))
    expect(states(id)).toEqual(['error'])
    answers[0]?.()
    await kit.until(id, ({ items }) => items[0]?.state === 'completed')
    expect(uploads()).toBe(1)
  })

  it('stops what was to be sent once it is read', async () => {
    const { runner, release } = holdReading()
    await kit.open({ runner })
    const { id } = unwrap(await kit.service.createBatch())
    const file = await kit.image('slow.png')
    const adding = kit.service.addSources(id, [{ kind: 'path', path: file }])
    await kit.until(id, ({ items }) => items.length === 1)
    unwrap(await kit.service.submitBatch(id))
    unwrap(await kit.service.cancelBatch(id))
    release()
    await adding
    await kit.service.whenPrepared(id)
    await sendAnother()
    expect(states(id)).toEqual(['ready'])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('does not send what is still read to another engine than the one that was chosen when it was converted', async () => {
    const { runner, release } = holdReading()
    await kit.open({ runner })
    const { id } = unwrap(await kit.service.createBatch())
    unwrap(await kit.service.setBatchEngine(id, { kind: 'local' }))
    const file = await kit.image('slow.png')
    const adding = kit.service.addSources(id, [{ kind: 'path', path: file }])
    await kit.until(id, ({ items }) => items.length === 1)
    unwrap(await kit.service.submitBatch(id))
    unwrap(await kit.service.setBatchEngine(id, kit.mathpix))
    release()
    await adding
    await kit.service.whenPrepared(id)
    await eventually(() => kit.notices).toMatchObject([{ tone: 'info' }])
    await sendAnother()
    expect(states(id)).toEqual(['ready'])
    expect(kit.server.posts()).toHaveLength(1)
  })
})
