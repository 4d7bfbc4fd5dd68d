import { cpSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Batch } from '../../shared/batch.ts'
import { isDone } from '../../shared/batch-progress.ts'
import { sleep } from '../sleep.ts'
import { waysOf } from '../../testing/node/sent-images.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'

let kit: ServiceKit

beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

/** Longer waits are never over: the second part keeps waiting for the rate plan. */
const LONG_MS = 20_000
const never = new Promise<never>(() => undefined)

it('takes up an upload once that waits behind another part when the results it comes from are asked for again', async () => {
  // Of the first part the server says at once that it did not get the first image and has read the second one.
  kit.server.finishedKeys = (keys) => keys.slice(0, 2)
  kit.server.resultOf = (key) =>
    key.startsWith('0001')
      ? { error: 'No image', error_info: { id: 'image_missing', message: 'No image' } }
      : { latex_styled: key }
  const afterKill = path.join(kit.dir, 'after-kill', 'batches')
  const killed = createSignal()
  let id = ''
  const hasMoved = ({ submissions }: Batch) => submissions.some(({ insteadOf }) => insteadOf !== undefined)
  await kit.open({
    imagesPerMinute: 6,
    sleep: (ms, signal) => (ms > LONG_MS ? never : sleep(1, signal)),
    connect: () => {
      if (id === '' || !hasMoved(kit.batch(id))) return kit.connection()
      // From here on the first app is dead: it never gets to the upload.
      if (!killed.isGiven()) cpSync(path.join(kit.dir, 'batches'), afterKill, { recursive: true })
      killed.give()
      return never
    },
  })
  id = await kit.batchWith(7)
  kit.server.before = async ({ method }) => {
    if (method === 'GET') await kit.until(id, ({ submissions }) => submissions[1]?.state === 'processing')
  }
  unwrap(await kit.service.submitBatch(id))
  await killed.given
  expect(waysOf(kit.server)).toEqual(['data data data', 'data data data'])

  // The next start gets the last result of the first part while the reply about the third one is still to come (the second one is asked
  // for twice meanwhile), and the upload is answered after that.
  kit.server.finishedKeys = (keys) => (keys[0]?.startsWith('0001') ? keys : keys.slice(0, 2))
  const [askedTwice, thirdPart] = [createSignal(), createSignal()]
  let asked = 0
  kit.server.before = async ({ path: target }) => {
    if (target === '/v3/batch/18' && ++asked > 1 && kit.batch(id).submissions[0]?.state === 'completed')
      askedTwice.give()
    if (target === '/v3/batch/19') thirdPart.give()
    if (target === '/v3/batch') await askedTwice.given
    if (target === '/v3/latex') await thirdPart.given
  }
  await kit.ownFolder(afterKill)
  await kit.open({ dir: afterKill })
  await thirdPart.given
  kit.server.finishedKeys = (keys) => keys
  const batch = await kit.until(id, isDone)
  expect(batch.items.map(({ state, sentAs }) => `${sentAs ?? ''} ${state}`)).toEqual([
    'upload completed',
    ...Array.from({ length: 6 }, () => 'data_uri completed'),
  ])
  expect(waysOf(kit.server).slice(2).sort()).toEqual(['data', 'upload'])
  // A second worker would have taken the first one's request for one of before the kill, whose reply was lost.
  const failures = kit.changes.flatMap(({ items }) => items.filter(({ state }) => state === 'error'))
  expect(failures).toEqual([])
})

function createSignal() {
  let isGiven = false
  let give: () => void = () => undefined
  const given = new Promise<void>((resolve) => {
    give = () => {
      isGiven = true
      resolve()
    }
  })
  return { given, give: () => give(), isGiven: () => isGiven }
}
