import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import { send } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'
import { watchRuns } from '../../testing/electron/watch-runs.ts'
import { MAX_ITEM_CHARS } from './journal/fit-for-disk.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const { states, itemsOf } = watchRuns(() => kit)
const LOCAL = { kind: 'local' } as const
const DEEP = 20_000
const nested = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`

/** What the next start finds. */
async function afterRestart(id: string) {
  await kit.service.close()
  await kit.open({ engine: LOCAL })
  return states(id)
}

/** Sends two images and answers by the callback; `first` is the JSON of what is said of the first one. */
async function answerByCallback(first: string): Promise<string> {
  kit.server.finishedKeys = () => []
  await kit.open({ engine: LOCAL })
  const id = await kit.batchWith(2)
  unwrap(await kit.service.submitBatch(id))
  await kit.until(id, ({ submissions }) => submissions[0]?.state === 'processing')
  const { callback, urls } = kit.server.posts()[0]?.json as BatchRequest
  const [one = '', two = ''] = Object.keys(urls).map((key) => JSON.stringify(key))
  const body = `{"reply":{"batch_id":17},"result":{${one}:${first},${two}:{"latex_styled":"x"}}}`
  const reply = await fetch(callback?.post ?? '', { method: 'POST', body, headers: callback?.headers ?? {} })
  expect(reply.status).toBe(204)
  await kit.until(id, isDone)
  return id
}

describe('an answer that cannot be written as it came', () => {
  it.each([
    ['in the result', 'completed', `{"latex_styled":"deep","data_x":${nested}}`],
    ['in an error', 'error', `{"error":"no","error_info":{"id":"image_no_content","detail":${nested}}}`],
  ])(
    '20,000 levels deep %s holds back neither its neighbour nor what comes later',
    async (_, state, first) => {
      const id = await answerByCallback(first)
      expect(states(id)).toEqual([state, 'completed'])
      unwrap(await kit.service.renameBatch(id, 'still saved'))
      expect(kit.notices).toEqual([])
      expect(await afterRestart(id)).toEqual([state, 'completed'])
      expect(kit.batch(id).name).toBe('still saved')
    },
  )

  it('far too large fails alone, and says why', async () => {
    const huge = 'x'.repeat(MAX_ITEM_CHARS + 1)
    const id = await answerByCallback(JSON.stringify({ latex_styled: huge }))
    unwrap(await kit.service.renameBatch(id, 'still saved'))
    expect(itemsOf(id)[0]).toMatchObject({ state: 'error', error: { kind: 'unexpected_response' } })
    expect(await afterRestart(id)).toEqual(['error', 'completed'])
    expect(kit.notices).toEqual([])
  })
})

describe('options that cannot be written', () => {
  it.each([
    ['too deep', { x: JSON.parse(nested) as unknown }],
    ['too long', { x: 'x'.repeat(1_000_001) }],
  ])('%s are refused, and the batch goes on', async (_, options) => {
    await kit.open()
    const id = await kit.batchWith(1)
    const itemId = itemsOf(id)[0]?.id ?? ''
    const refused = { ok: false, error: { kind: 'invalid_call' } }
    expect(await kit.service.setBatchOptions(id, options)).toMatchObject(refused)
    expect(await kit.service.setItemOptions(id, [itemId], options, [])).toMatchObject(refused)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
  })
})

describe('names that mean something to JavaScript', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    '%s is a key like any other',
    async (key) => {
      kit.server.finishedKeys = (keys, polls) => (polls < 2 ? [] : keys)
      await kit.open()
      const id = await kit.batchWith(2)
      unwrap(await kit.service.renameItem(id, itemsOf(id)[0]?.id ?? '', key))
      unwrap(await kit.service.submitBatch(id))
      const batch = await kit.until(id, isDone)
      expect(batch.items.map(({ state }) => state)).toEqual(['completed', 'completed'])
      expect(batch.items[0]?.result).toEqual(kit.server.resultOf(key))
      await kit.service.close()
      await kit.open()
      expect(kit.batch(id).items).toEqual(batch.items)
      expect(kit.notices).toEqual([])
    },
  )

  it.each(['__proto__', 'constructor'])(
    '%s is a header and a member of metadata like any other',
    async (name) => {
      await kit.open()
      const id = await kit.batchWith(1)
      const named = (value: unknown) => Object.fromEntries([[name, value]])
      const options = {
        callback: { post: 'https://my.host/hook', headers: named('s3cret'), reply: named('r') },
        metadata: named('m'),
      }
      unwrap(await kit.service.setBatchOptions(id, options))
      await kit.service.close()
      await kit.open()
      unwrap(await kit.service.submitBatch(id))
      await kit.until(id, isDone)
      const sent = JSON.stringify(kit.server.posts()[0]?.json)
      for (const value of ['s3cret', 'r', 'm']) expect(sent).toContain(`"${name}":"${value}"`)
      expect(kit.notices).toEqual([])
    },
  )
})

it('a journal that says nothing of how a pending image was sent leaves it to the user', async () => {
  await kit.open()
  const id = await kit.batchWith(1)
  kit.server.finishedKeys = () => []
  unwrap(await kit.service.submitBatch(id))
  await kit.until(id, ({ submissions }) => submissions[0]?.state === 'processing')
  await kit.service.close()
  const file = path.join(kit.dir, 'batches', id, 'journal.jsonl')
  const lines = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, lines.filter((line) => !line.includes('"submissions":[{')).join('\n'))
  kit.server.next.push((_, response) => send(response, {}))
  await kit.open()
  expect(itemsOf(id).every(({ state }) => state !== 'pending')).toBe(true)
})
