import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone, isRunning } from '../../shared/batch-progress.ts'
import { type Answer } from '../../testing/node/fake-mathpix.ts'
import { noCopyRunner } from '../../testing/electron/direct-runner.ts'
import { noisePng, TOO_LARGE } from '../../testing/electron/noise-png.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { eventually, PACE, watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const {
  itemsOf,
  states,
  submissionStates,
  keysSent,
  sentToday,
  timesSent,
  uploads,
  withFirstPostOpen,
  sendAnother,
  withUploads,
} = watchRuns(() => kit)

describe('a paused batch', () => {
  it('follows what is on its way, sends nothing new, and sends the rest once when it is resumed', async () => {
    const { id, answer } = await withFirstPostOpen()
    unwrap(await kit.service.pauseBatch(id))
    answer()
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'completed')
    await sendAnother()
    expect(submissionStates(id)).toEqual(['completed', 'submitting', 'submitting'])
    expect(kit.service.getBatches().find((batch) => batch.id === id)?.isPaused).toBe(true)
    unwrap(await kit.service.resumeBatch(id))
    await kit.until(id, isDone)
    expect(keysSent().map(({ length }) => length)).toEqual([2, 1, 2, 1])
    expect(new Set(states(id))).toEqual(new Set(['completed']))
    expect(kit.batch(id).isPaused).toBeUndefined()
  })

  it('stays paused over the end of the process', async () => {
    const { id, answer } = await withFirstPostOpen()
    unwrap(await kit.service.pauseBatch(id))
    answer()
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'completed')
    await kit.service.close()
    await kit.open(PACE)
    await sendAnother()
    expect(kit.batch(id).isPaused).toBe(true)
    expect(submissionStates(id)).toEqual(['completed', 'submitting', 'submitting'])
    unwrap(await kit.service.resumeBatch(id))
    await kit.until(id, isDone)
    expect(keysSent().map(({ length }) => length)).toEqual([2, 1, 2, 1])
  })

  it('holds back a POST that was just about to leave', async () => {
    let release: (() => void) | undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let calls = 0
    await kit.open({
      connect: async () => {
        calls += 1
        // The first is for the limit, the second for the turn, the third for the request itself.
        if (calls === 3) await held
        return kit.connection()
      },
    })
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await eventually(() => calls).toBe(3)
    unwrap(await kit.service.pauseBatch(id))
    release?.()
    await kit.until(id, ({ submissions }) => submissions[0]?.waiting !== undefined)
    expect(kit.server.posts()).toHaveLength(0)
    unwrap(await kit.service.resumeBatch(id))
    await kit.until(id, isDone)
    expect(kit.server.posts()).toHaveLength(1)
    expect(await sentToday()).toBe(1)
  })

  it('holds back uploads too; the one that was begun is kept', async () => {
    const answers: (() => void)[] = []
    const hold: Answer = (request, response) =>
      answers.push(() => kit.server.answerNormally(request, response))
    kit.server.next.push(hold, hold, hold, hold)
    await kit.open({ runner: noCopyRunner })
    const id = await withUploads(6)
    unwrap(await kit.service.submitBatch(id))
    await eventually(() => answers.length).toBe(4)
    unwrap(await kit.service.pauseBatch(id))
    for (const answer of answers) answer()
    await kit.until(id, () => states(id).filter((state) => state === 'completed').length === 4)
    await sendAnother()
    expect(uploads()).toBe(4)
    unwrap(await kit.service.resumeBatch(id))
    await kit.until(id, isDone)
    expect(uploads()).toBe(6)
  })

  it('that is canceled gives back what it had not sent', async () => {
    const { id, answer } = await withFirstPostOpen()
    unwrap(await kit.service.pauseBatch(id))
    unwrap(await kit.service.cancelBatch(id))
    expect(states(id).filter((state) => state === 'ready')).toHaveLength(3)
    await eventually(sentToday).toBe(2)
    answer()
    await kit.until(id, ({ submissions }) => submissions[0]?.batch_id !== undefined)
    unwrap(
      await kit.service.retryItems(
        id,
        itemsOf(id).map((item) => item.id),
      ),
    )
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(timesSent()).toBe(1)
    expect(await sentToday()).toBe(5)
    expect(new Set(states(id))).toEqual(new Set(['completed']))
  })

  // While a smaller copy is made of it, before its turn as an upload, and where only the disk knows of it.
  it.each(['copied', 'in turn', 'restarted'] as const)(
    'ends although its last image was removed (%s)',
    async (when) => {
      kit.server.finishedKeys = () => []
      await kit.open()
      const id = await kit.batchWith(1)
      unwrap(await kit.service.submitBatch(id))
      await kit.until(id, ({ submissions }) => submissions[0]?.state === 'processing')
      unwrap(await kit.service.pauseBatch(id))
      const bytes = noisePng(TOO_LARGE)
      unwrap(await kit.service.addSources(id, [{ kind: 'bytes', name: 'large.png', bytes }]))
      await kit.service.whenPrepared(id)
      unwrap(await kit.service.submitBatch(id))
      if (when !== 'copied') await kit.until(id, ({ submissions }) => submissions[1]?.state === 'processing')
      unwrap(await kit.service.removeItems(id, [itemsOf(id)[1]?.id ?? '']))
      if (when === 'restarted') {
        await kit.service.close()
        await kit.open()
      }
      unwrap(await kit.service.resumeBatch(id))
      kit.server.finishedKeys = (keys) => keys
      await kit.until(id, (batch) => !isRunning(batch))
      expect(uploads()).toBe(0)
      await eventually(sentToday).toBe(1)
    },
  )
})
