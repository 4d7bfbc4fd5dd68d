import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '../../shared/batch.ts'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import type { Callback } from '../../shared/option-values.ts'
import { Settings } from '../../shared/settings.ts'
import { answerWith, send } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

/** Opens with the file host reachable for the paid engine, as by a tunnel. */
const open = (publicBaseUrl = `http://127.0.0.1:${kit.host.port}`) => {
  const settings = Settings.parse({ engine: { kind: 'mathpix', baseUrl: kit.server.origin }, publicBaseUrl })
  return kit.open({ settings: () => settings })
}

const requestOf = (post = 0) => kit.server.posts()[post]?.json as BatchRequest
const callbackOf = (post = 0): Callback => {
  const { callback } = requestOf(post)
  if (!callback) throw new Error('no callback was registered')
  return callback
}
const keysOf = (post = 0) => Object.keys(requestOf(post).urls)
const readings = (keys: readonly string[], word = 'called') =>
  Object.fromEntries(keys.map((key) => [key, { latex_styled: `${word} ${key}`, latex_confidence: 0.9 }]))
const deliver = ({ post, headers }: Callback, body: unknown) =>
  fetch(post, { method: 'POST', headers: { ...headers }, body: JSON.stringify(body) })
const latex = ({ items }: Batch) => items.map(({ result }) => result?.latex_styled)
/** Sends two images; no poll ever brings anything. */
async function sendTwo(): Promise<string> {
  kit.server.finishedKeys = () => []
  const id = await kit.batchWith(2)
  unwrap(await kit.service.submitBatch(id))
  await kit.until(id, ({ submissions }) => submissions[0]?.state === 'processing')
  return id
}

describe('a callback of the app’s own', () => {
  it('is registered with a path and a token that are on disk and nowhere else', async () => {
    await open()
    const id = await sendTwo()
    const { post, headers } = callbackOf()
    expect(post).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/c\/[\w-]{32}$/)
    expect(headers?.['Authorization']).toMatch(/^Bearer [\w-]{32}$/)
    const secrets = [post.split('/c/')[1] ?? '', headers?.['Authorization']?.slice(7) ?? '']
    const journal = await readFile(path.join(kit.dir, 'batches', id, 'journal.jsonl'), 'utf8')
    for (const secret of secrets) {
      expect(journal).toContain(secret)
      expect(JSON.stringify(kit.changes) + JSON.stringify(kit.batch(id))).not.toContain(secret)
    }
    expect(kit.batch(id).submissions[0]?.callback).toBe('own')
  })

  it.each([
    ['result', 'string'],
    ['results', 'number'],
  ] as const)('ends the wait at once: %s, batch_id a %s', async (member, type) => {
    await open()
    const id = await sendTwo()
    const batch_id = type === 'string' ? '17' : 17
    const answer = await deliver(callbackOf(), { reply: { batch_id }, [member]: readings(keysOf()) })
    expect(answer.status).toBe(204)
    const batch = await kit.until(id, isDone)
    expect(latex(batch)).toEqual(['called 0001-img1', 'called 0002-img2'])
  })

  it('counts for what it brings; the rest is polled', async () => {
    await open()
    const id = await sendTwo()
    const [first = ''] = keysOf()
    await deliver(callbackOf(), { reply: { batch_id: '17' }, result: readings([first]) })
    const half = await kit.until(id, ({ items }) => items[0]?.state === 'completed')
    expect(half.items[1]?.state).toBe('pending')
    kit.server.finishedKeys = (keys) => keys
    const batch = await kit.until(id, isDone)
    expect(latex(batch)).toEqual(['called 0001-img1', 'read 0002-img2'])
  })

  it('says that an image did not arrive: it goes by upload, and the user is not told that it failed', async () => {
    await open()
    const id = await sendTwo()
    const [first = '', second = ''] = keysOf()
    const failed = { error: 'x', error_info: { id: 'image_download_error', message: 'x' } }
    await deliver(callbackOf(), {
      reply: { batch_id: '17' },
      result: { ...readings([first]), [second]: failed },
    })
    const batch = await kit.until(id, isDone)
    expect(latex(batch)).toEqual(['called 0001-img1', 'uploaded'])
    expect(kit.server.posts('/v3/latex')).toHaveLength(1)
    expect(kit.changes.flatMap(({ items }) => items).some(({ state }) => state === 'error')).toBe(false)
  })

  it('does no harm when it is forged, foreign, garbage, repeated or late', async () => {
    await open()
    const id = await sendTwo()
    const callback = callbackOf()
    const forged = { ...callback, headers: { Authorization: 'Bearer guessed' } }
    expect((await deliver(forged, { result: readings(keysOf(), 'forged') })).status).toBe(404)
    const harmless: unknown[] = [
      { reply: { batch_id: '18' }, result: readings(keysOf(), 'foreign') },
      { reply: { batch_id: '17' }, result: { [keysOf()[0] ?? '']: 'text', __proto__: null, other: {} } },
      { reply: { batch_id: '17' }, result: readings(['unknown-key']) },
      [],
      'text',
      { reply: 7, result: [] },
    ]
    for (const body of harmless) expect((await deliver(callback, body)).status).toBe(204)
    expect(latex(kit.batch(id))).toEqual([undefined, undefined])
    const body = { reply: { batch_id: '17' }, result: readings(keysOf()) }
    await Promise.all([deliver(callback, body), deliver(callback, body)])
    const done = await kit.until(id, isDone)
    unwrap(await kit.service.editItem(id, done.items[0]?.id ?? '', 'mine'))
    await deliver(callback, { ...body, result: readings(keysOf(), 'late') })
    expect(latex(kit.batch(id))).toEqual(['called 0001-img1', 'called 0002-img2'])
    expect(kit.batch(id).items[0]?.edit).toBe('mine')
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('still works after a restart of the app', async () => {
    await open()
    const id = await sendTwo()
    const callback = callbackOf()
    await kit.service.close()
    expect((await deliver(callback, { result: readings(keysOf()) })).status).toBe(404)
    await open()
    await deliver(callback, { reply: { batch_id: '17' }, result: readings(keysOf()) })
    expect(latex(await kit.until(id, isDone))).toEqual(['called 0001-img1', 'called 0002-img2'])
  })

  it('may come before the reply to the POST', async () => {
    await open()
    kit.server.finishedKeys = () => []
    kit.server.next.push((taken, response) => {
      const { callback, urls } = taken.json as BatchRequest
      if (!callback) throw new Error('no callback')
      void deliver(callback, { reply: { batch_id: '17' }, result: readings(Object.keys(urls)) }).then(() =>
        kit.server.answerNormally(taken, response),
      )
    })
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    expect(latex(await kit.until(id, isDone))).toEqual(['called 0001-img1', 'called 0002-img2'])
  })

  it('is registered with the engine on this computer too, and not where nobody can reach it', async () => {
    await open('')
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(requestOf()).not.toHaveProperty('callback')
    unwrap(await kit.service.setBatchEngine(id, { kind: 'local' }))
    unwrap(await kit.service.retryItems(id, [kit.batch(id).items[0]?.id ?? '']))
    await kit.until(id, () => kit.server.posts().length === 2)
    expect(callbackOf(1).post).toContain(`127.0.0.1:${kit.host.port}/c/`)
    await kit.until(id, isDone)
  })

  it('gives way to the user’s own', async () => {
    await open()
    const id = await kit.batchWith(1)
    const callback = {
      post: 'https://my.host/hook',
      headers: { 'X-Token': 's3cret' },
      reply: { job: '42' },
      body: { course: 'analysis' },
    }
    unwrap(await kit.service.setBatchOptions(id, { formats: ['text'], callback }))
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(requestOf().callback).toEqual(callback)
    expect(kit.batch(id).submissions[0]?.callback).toBe('user')
    expect(JSON.stringify(kit.changes)).not.toContain('s3cret')
  })
})

describe('a lost reply', () => {
  /** The server has the batch; nobody hears of it. */
  async function loseReply(): Promise<string> {
    kit.server.next.push((_, response) => response.destroy())
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    return id
  }
  const submissionId = (id: string) => kit.batch(id).submissions[0]?.id ?? ''
  const look = async (id: string) => {
    unwrap(await kit.service.resolveUnclear(id, submissionId(id), 'look'))
    return kit.batch(id).submissions[0]?.looked?.message
  }

  it('is made good by the callback, which brings the batch_id and the results', async () => {
    await open()
    const id = await loseReply()
    await deliver(callbackOf(), { reply: { batch_id: '99' }, result: readings(keysOf()) })
    const batch = await kit.until(id, isDone)
    expect(batch.submissions).toMatchObject([{ state: 'completed', batch_id: '99' }])
    expect(latex(batch)).toEqual(['called 0001-img1', 'called 0002-img2'])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('is made good after a restart, and by part of the results: the rest is asked for', async () => {
    await open()
    const id = await loseReply()
    const [first = ''] = keysOf()
    await kit.service.close()
    await open()
    kit.server.next.push((taken, response) => {
      expect(taken.path).toBe('/v3/batch/99')
      send(response, { keys: keysOf(), results: readings(keysOf(), 'polled') })
    })
    await deliver(callbackOf(), { reply: { batch_id: 99 }, result: readings([first]) })
    const batch = await kit.until(id, isDone)
    expect(latex(batch)).toEqual(['called 0001-img1', 'polled 0002-img2'])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('stays unclear when the callback does not say which batch it is', async () => {
    await open()
    const id = await loseReply()
    await deliver(callbackOf(), { result: readings(keysOf()) })
    expect(kit.batch(id).submissions[0]?.state).toBe('unclear')
  })

  it('that was given up keeps its images, and takes results that come after all', async () => {
    await open()
    const id = await loseReply()
    unwrap(await kit.service.resolveUnclear(id, submissionId(id), 'give_up'))
    expect(kit.batch(id).items.map(({ state, error }) => [state, error?.kind])).toEqual([
      ['error', 'unclear_post'],
      ['error', 'unclear_post'],
    ])
    await deliver(callbackOf(), { reply: { batch_id: '99' }, result: readings(keysOf()) })
    expect(latex(await kit.until(id, isDone))).toEqual(['called 0001-img1', 'called 0002-img2'])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('that was sent again is not answered twice', async () => {
    await open()
    kit.server.finishedKeys = (keys) => keys
    const id = await loseReply()
    unwrap(await kit.service.resolveUnclear(id, submissionId(id), 'send_again'))
    const done = await kit.until(id, isDone)
    await deliver(callbackOf(0), { reply: { batch_id: '99' }, result: readings(keysOf()) })
    expect(latex(kit.batch(id))).toEqual(latex(done))
    expect(kit.server.posts()).toHaveLength(2)
  })

  it.each([
    [0, /counts 0 images.*probably did not arrive/],
    [2, /counts 2 images.*probably accepted and billed/],
    [1, /counts 1 image.*cannot be told/],
  ])('is looked for by the counter, which says %i', async (images, words) => {
    await open('')
    const id = await loseReply()
    kit.server.usage = answerWith({ ocr_usage: [{ usage_type: 'image', count: images }] })
    expect(await look(id)).toMatch(words)
    const asked = kit.server.usageRequests.at(-1)
    expect(asked?.path).toContain('/v3/ocr-usage?from_date=')
    expect(kit.server.posts()).toHaveLength(1)
    expect(kit.batch(id).submissions[0]?.state).toBe('unclear')
  })

  it('is looked for plainly in vain when the keys may not read the counter', async () => {
    await open('')
    const id = await loseReply()
    expect(await look(id)).toMatch(/does not tell these keys.*cannot be fetched/)
    expect(kit.server.posts()).toHaveLength(1)
  })
})
