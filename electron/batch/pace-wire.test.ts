import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone, isRunning } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import { envelope, send, type Answer } from '../../testing/node/fake-mathpix.ts'
import { noCopyRunner } from '../../testing/electron/direct-runner.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { eventually, PACE, watchRuns } from '../../testing/electron/watch-runs.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const {
  states,
  submissionStates,
  keysSent,
  sentToday,
  uploads,
  sendAnother,
  withFirstPostOpen,
  withUploads,
} = watchRuns(() => kit)

describe('several batches', () => {
  it('take turns: a small one does not wait for the end of a large one, and the order in each holds', async () => {
    const answers: (() => void)[] = []
    const hold: Answer = (request, response) =>
      answers.push(() => kit.server.answerNormally(request, response))
    kit.server.next.push(hold)
    await kit.open({ imagesPerMinute: 10 })
    const large = await kit.batchWith(23)
    const small = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(large))
    await eventually(() => answers.length).toBe(1)
    unwrap(await kit.service.submitBatch(small))
    answers[0]?.()
    await kit.until(large, isDone)
    await kit.until(small, isDone)
    const sizes = keysSent().map(({ length }) => length)
    expect(sizes.indexOf(2)).toBeLessThanOrEqual(2)
    const ofLarge = keysSent()
      .filter(({ length }) => length === 5)
      .flat()
    expect(ofLarge).toEqual([...ofLarge].sort())
    expect(ofLarge).toHaveLength(20)
  })

  it('share the engine on this computer, and a paused one leaves it to the others', async () => {
    const engine = { kind: 'local' } as const
    let isReading = true
    kit.server.finishedKeys = (keys) => (isReading && keys.length > 5 ? [] : keys)
    await kit.open({ engine })
    const large = await kit.batchWith(120)
    unwrap(await kit.service.submitBatch(large))
    await kit.until(large, ({ submissions }) => submissions[1]?.state === 'processing')
    const small = await kit.batchWith(5)
    unwrap(await kit.service.submitBatch(small))
    await kit.until(small, isDone)
    expect(submissionStates(large)).toEqual(['processing', 'processing', 'submitting'])
    unwrap(await kit.service.pauseBatch(large))
    isReading = false
    await kit.until(large, ({ submissions }) => submissions[1]?.state === 'completed')
    await kit.until(large, ({ submissions }) => submissions[0]?.state === 'completed')
    expect(submissionStates(large)[2]).toBe('submitting')
    unwrap(await kit.service.resumeBatch(large))
    await kit.until(large, isDone)
    expect(keysSent().map(({ length }) => length)).toEqual([50, 50, 5, 20])
  })

  it('can be filled while another one runs', async () => {
    const { id, answer } = await withFirstPostOpen()
    const draft = await kit.batchWith(2)
    expect(states(draft)).toEqual(['ready', 'ready'])
    answer()
    await kit.until(id, isDone)
    expect(states(draft)).toEqual(['ready', 'ready'])
  })
})

describe('the rate plan', () => {
  it('lets no more than its images leave in any minute, over all batches and ways', async () => {
    const sent: { at: number; images: number }[] = []
    const note: Answer = (request, response) => {
      const { urls = {} } = (request.json ?? {}) as Partial<BatchRequest>
      if (request.method === 'POST')
        sent.push({ at: kit.now(), images: Math.max(1, Object.keys(urls).length) })
      kit.server.answerNormally(request, response)
    }
    for (let index = 0; index < 200; index += 1) kit.server.next.push(note)
    await kit.open({ imagesPerMinute: 10, runner: noCopyRunner })
    const first = await kit.batchWith(23)
    const second = await withUploads(7)
    await Promise.all([first, second].map((id) => kit.service.submitBatch(id)))
    await kit.until(first, isDone)
    await kit.until(second, isDone)
    expect(sent.reduce((sum, { images }) => sum + images, 0)).toBe(30)
    for (const { at } of sent) {
      const within = sent.filter((other) => other.at >= at && other.at < at + 60_000)
      expect(within.reduce((sum, { images }) => sum + images, 0)).toBeLessThanOrEqual(10)
    }
  })

  it('is no reason not to cancel or pause at once', async () => {
    // Waits last for ever here.
    await kit.open({
      imagesPerMinute: 2,
      sleep: (ms, signal) =>
        ms > 20_000
          ? new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
          : Promise.resolve(),
    })
    const [one, two] = [await kit.batchWith(4), await kit.batchWith(1)]
    const isWaiting = (id: string) =>
      kit.until(id, ({ submissions }) => submissions.some(({ waiting }) => waiting?.cause === 'rate_plan'))
    unwrap(await kit.service.submitBatch(one))
    await isWaiting(one)
    expect(kit.batch(one).submissions.find(({ waiting }) => waiting?.until)?.waiting).toMatchObject({
      reason: 'Waiting for the rate plan of 2 images a minute.',
      cause: 'rate_plan',
    })
    unwrap(await kit.service.submitBatch(two))
    await isWaiting(two)
    unwrap(await kit.service.pauseBatch(one))
    expect(kit.batch(one).submissions.map(({ waiting }) => waiting?.cause)).not.toContain('rate_plan')
    unwrap(await kit.service.cancelBatch(two))
    expect(states(two)).toEqual(['ready'])
    expect(keysSent().flat()).toHaveLength(2)
    expect(await sentToday()).toBe(4)
  })

  it('does not concern the engine on this computer', async () => {
    await kit.open({ engine: { kind: 'local' }, imagesPerMinute: 1 })
    const id = await kit.batchWith(3)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(keysSent().map(({ length }) => length)).toEqual([3])
  })
})

describe('a spent monthly quota', () => {
  const quota = envelope('http_max_requests', { limit_name: 'image_monthly_limit', limit_value: 5, count: 6 })

  it('stops the run after the first refusal, and everything is ready again', async () => {
    kit.server.next.push((_, response) => send(response, quota, 429))
    await kit.open(PACE)
    const id = await kit.batchWith(5)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions.every(({ state }) => state === 'failed'))
    expect(kit.server.posts()).toHaveLength(1)
    expect(new Set(states(id))).toEqual(new Set(['ready']))
    expect(kit.batch(id).submissions.at(-1)?.error).toMatchObject({ id: 'http_max_requests' })
    await eventually(sentToday).toBe(0)
  })

  it('stops uploads as well, but not the answers to those that are on their way', async () => {
    const answers: (() => void)[] = []
    let refuse: (() => void) | undefined
    const hold: Answer = (request, response) =>
      answers.push(() => kit.server.answerNormally(request, response))
    const noDataUris: Answer = (_, response) => send(response, envelope('image_download_error'))
    const spent: Answer = (_, response) => (refuse = () => send(response, quota, 429))
    kit.server.next.push(noDataUris, hold, hold, hold, spent)
    await kit.open()
    const id = await kit.batchWith(6)
    unwrap(await kit.service.submitBatch(id))
    // Of the six images in one submission, four are uploaded at a time.
    await eventually(() => refuse && answers.length).toBe(3)
    refuse?.()
    await sendAnother()
    await sendNothing(id)
    for (const answer of answers) answer()
    await kit.until(id, (batch) => !isRunning(batch))
    expect(uploads()).toBe(4 + 1)
    expect(states(id).sort()).toEqual(['completed', 'completed', 'completed', 'ready', 'ready', 'ready'])
    await eventually(sentToday).toBe(3 + 1)
  })
})

/** While an upload is on its way, asking to send sends nothing. */
async function sendNothing(id: string): Promise<void> {
  unwrap(await kit.service.submitBatch(id))
  expect(states(id)).not.toContain('ready')
}
