import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import { noisePng } from '../testing/noise-png.ts'
import { send, type Answer } from '../testing/fake-v3-server.ts'
import { ServiceKit, unwrap } from '../testing/service-kit.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

/** Also on a machine where a sync of the disk takes a second. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })
const itemsOf = (id: string) => kit.batch(id).items
const states = (id: string) => itemsOf(id).map(({ state }) => state)
const submissionStates = (id: string) => kit.batch(id).submissions.map(({ state }) => state)
const keysSent = () => kit.server.posts().map(({ json }) => Object.keys((json as BatchRequest).urls))
const sentToday = async () => (await kit.service.getUsage(kit.mathpix)).today.images
/** How often each image was sent, at most. */
const timesSent = () => {
  const counts = new Map<string, number>()
  for (const key of keysSent().flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/** Two images in a POST. */
const PACE = { imagesPerMinute: 4 }

/** A batch of three POSTs (2, 2 and 1 images), the first of which the server has not answered; `answer` lets it. */
async function withFirstPostOpen(): Promise<{ id: string; answer: () => void }> {
  let answer: (() => void) | undefined
  kit.server.next.push((request, response) => {
    answer = () => kit.server.answerNormally(request, response)
  })
  await kit.open(PACE)
  const id = await kit.batchWith(5)
  unwrap(await kit.service.submitBatch(id))
  await eventually(() => answer).toBeDefined()
  return { id, answer: () => answer?.() }
}

/** Puts one POST through beside the batch: whatever could have been sent before it has been. */
async function sendAnother(): Promise<void> {
  const other = await kit.batchWith(1)
  unwrap(await kit.service.submitBatch(other))
  await kit.until(other, isDone)
}

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
    await kit.open()
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
})

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
    await kit.open()
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
    await kit.open()
    const { id } = unwrap(await kit.service.createBatch())
    const file = await kit.image('slow.png')
    const adding = kit.service.addSources(id, [{ kind: 'path', path: file }])
    await kit.until(id, ({ items }) => items.length === 1)
    unwrap(await kit.service.submitBatch(id))
    unwrap(await kit.service.cancelBatch(id))
    await adding
    await kit.service.whenPrepared(id)
    await sendAnother()
    expect(states(id)).toEqual(['ready'])
    expect(kit.server.posts()).toHaveLength(1)
  })
})

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
    await kit.open({ imagesPerMinute: 10 })
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

  it('stops uploads as well, but not the answer to one that is on its way', async () => {
    let answer: (() => void) | undefined
    let refuse: (() => void) | undefined
    kit.server.next.push(
      (request, response) => (answer = () => kit.server.answerNormally(request, response)),
      (_, response) => (refuse = () => send(response, quota, 429)),
    )
    await kit.open({ imagesPerMinute: 2 })
    const id = await withUploads(4)
    unwrap(await kit.service.submitBatch(id))
    await eventually(() => answer && refuse).toBeDefined()
    refuse?.()
    await sendNothing(id)
    answer?.()
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'failed')
    expect(uploads()).toBe(2)
    expect(states(id).sort()).toEqual(['completed', 'ready', 'ready', 'ready'])
    await eventually(sentToday).toBe(1)
  })
})

/** While an upload is on its way, asking to send sends nothing. */
async function sendNothing(id: string): Promise<void> {
  unwrap(await kit.service.submitBatch(id))
  expect(states(id)).not.toContain('ready')
}

const uploads = () => kit.server.posts('/v3/latex').length + kit.server.posts('/v3/text').length

const envelope = (id: string, detail: Record<string, unknown> = {}) => ({
  error: id,
  error_info: { id, message: id, ...detail },
})

/** A batch of pictures too large for the body of a batch. */
async function withUploads(count: number): Promise<string> {
  const { id } = unwrap(await kit.service.createBatch())
  const sources = Array.from({ length: count }, (_, index) => ({
    kind: 'bytes' as const,
    name: `${String(index)}.png`,
    bytes: noisePng(900 + index),
  }))
  unwrap(await kit.service.addSources(id, sources))
  await kit.service.whenPrepared(id)
  return id
}
