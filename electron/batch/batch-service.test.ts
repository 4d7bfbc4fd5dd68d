import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { JournalLine } from './journal-line.ts'
import { send } from '../testing/fake-v3-server.ts'
import { ServiceKit, unwrap } from '../testing/service-kit.ts'

let kit: ServiceKit

beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

const states = (batchId: string) => kit.batch(batchId).items.map(({ state }) => state)
/** What is on disk of a batch, line by line. */
const journal = async (batchId: string) => {
  const text = await readFile(path.join(kit.dir, 'batches', batchId, 'journal.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JournalLine.parse(JSON.parse(line)))
}
const submissionStates = (batchId: string) => kit.batch(batchId).submissions.map(({ state }) => state)

describe('a batch', () => {
  it('goes from files to results with one POST', async () => {
    await kit.open()
    const id = await kit.batchWith(3)
    expect(states(id)).toEqual(['ready', 'ready', 'ready'])
    unwrap(await kit.service.submitBatch(id))
    const batch = await kit.until(id, isDone)
    expect(batch.items.map(({ result }) => result?.latex_styled)).toEqual([
      'read 0001-img1',
      'read 0002-img2',
      'read 0003-img3',
    ])
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('takes partial results as they come', async () => {
    kit.server.finishedKeys = (keys, polls) => keys.slice(0, polls)
    await kit.open()
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    const counts = (await journal(id)).map(
      ({ items }) => items?.filter(({ state }) => state === 'completed').length ?? 0,
    )
    expect(counts.filter((count) => count > 0)).toEqual([1, 1])
  })

  it('shows a new item as preparing in one change for all files of a drop', async () => {
    await kit.open()
    await kit.batchWith(20)
    const first = kit.changes.find(({ items }) => items.length > 0)
    expect(first?.items).toHaveLength(20)
    expect(first?.items.every(({ state }) => state === 'preparing')).toBe(true)
  })

  it('takes the same content once, whatever its name', async () => {
    await kit.open()
    const batch = unwrap(await kit.service.createBatch())
    const paths = [await kit.image('a.png', 1), await kit.image('b.png', 1), await kit.image('c.png', 2)]
    const added = await kit.service.addSources(
      batch.id,
      paths.map((file) => ({ kind: 'path', path: file })),
    )
    expect(unwrap(added)).toEqual({ added: 2, duplicates: 1 })
    const again = await kit.service.addSources(batch.id, [{ kind: 'path', path: paths[0] ?? '' }])
    expect(unwrap(again)).toEqual({ added: 0, duplicates: 1 })
    expect(kit.batch(batch.id).items).toHaveLength(2)
  })

  it('sends what is still being read as soon as it is ready', async () => {
    await kit.open()
    const batch = unwrap(await kit.service.createBatch())
    const file = await kit.image('slow.png')
    const adding = kit.service.addSources(batch.id, [{ kind: 'path', path: file }])
    await kit.until(batch.id, ({ items }) => items.length === 1)
    unwrap(await kit.service.submitBatch(batch.id))
    await adding
    await kit.until(batch.id, ({ items }) => items.every(({ state }) => state === 'completed'))
  })
})

describe('after the end of the process', () => {
  it('goes on with the same batch_id, makes one POST in all and keeps edits', async () => {
    kit.server.finishedKeys = (keys, polls) => (polls < 3 ? keys.slice(0, 1) : keys)
    await kit.open()
    const id = await kit.batchWith(2)
    unwrap(await kit.service.submitBatch(id))
    const early = await kit.until(id, ({ items }) => items[0]?.state === 'completed')
    const editedId = early.items[0]?.id ?? ''
    unwrap(await kit.service.editItem(id, editedId, 'my edit'))
    await kit.service.close()

    kit.server.finishedKeys = (keys) => keys
    await kit.open()
    const batch = await kit.until(id, isDone)
    expect(batch.items.map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(batch.items[0]?.edit).toBe('my edit')
    expect(kit.server.posts()).toHaveLength(1)
  })

  it('does not know whether a batch was accepted that was being sent to Mathpix, and does not send it again', async () => {
    kit.server.next.push(() => undefined)
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.posts().length === 1)
    await kit.service.close()
    await kit.open()
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'unclear')
    expect(kit.server.posts()).toHaveLength(1)
    expect(states(id)).toEqual(['pending'])
  })

  it('sends the part of a split batch that had not had its turn, and only that', async () => {
    kit.server.next.push(() => undefined)
    await kit.open()
    const id = await kit.batchWith(101)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.posts().length === 1)
    await kit.service.close()
    await kit.open()
    await kit.until(id, ({ submissions }) => submissions[1]?.state === 'completed')
    expect(submissionStates(id)).toEqual(['unclear', 'completed'])
    expect(kit.server.posts()).toHaveLength(2)
  })

  it('sends again to the engine on this computer, which bills nothing', async () => {
    kit.server.next.push(() => undefined)
    const engine = { kind: 'local' } as const
    await kit.open({ engine })
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.posts().length === 1)
    await kit.service.close()
    await kit.open({ engine })
    await kit.until(id, isDone)
    expect(states(id)).toEqual(['completed'])
  })

  it('starts with a damaged journal, keeps what can be read and says so', async () => {
    await kit.open()
    const id = await kit.batchWith(2)
    await kit.service.close()
    const dir = path.join(kit.dir, 'batches', id)
    await appendFile(path.join(dir, 'journal.jsonl'), '{"items":[{"id":"00')
    await kit.open()
    expect(kit.batch(id).items).toHaveLength(2)
    expect(kit.notices.map(({ tone }) => tone)).toEqual(['problem'])
    expect((await readdir(dir)).some((name) => name.startsWith('journal.jsonl.damaged-'))).toBe(true)
  })

  it('goes on with a journal whose last line lost nothing but its end', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    await kit.service.close()
    const file = path.join(kit.dir, 'batches', id, 'journal.jsonl')
    await writeFile(file, (await readFile(file, 'utf8')).trimEnd())
    await kit.open()
    unwrap(await kit.service.renameBatch(id, 'renamed'))
    await kit.service.close()
    await kit.open()
    expect(kit.batch(id)).toMatchObject({ name: 'renamed', items: [{ state: 'ready' }] })
  })

  it('sets a batch aside that is garbage altogether', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    const other = await kit.batchWith(1)
    await kit.service.close()
    await writeFile(path.join(kit.dir, 'batches', id, 'journal.jsonl'), 'garbage\n\u0000\n')
    await kit.open()
    expect(kit.service.getBatches().map((batch) => batch.id)).toEqual([other])
    expect(kit.notices).toHaveLength(1)
    expect(
      (await readdir(path.join(kit.dir, 'batches'))).some((name) => name.startsWith(`${id}.damaged-`)),
    ).toBe(true)
  })
})

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
    const reasons = (await journal(id)).map(({ submissions }) => submissions?.[0]?.waiting?.reason)
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
    await kit.open()
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
    expect(JSON.stringify(await journal(id))).not.toContain('secret-key')
  })
})

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

  it('ends when the batch is unknown, and its items can be sent anew', async () => {
    await kit.open()
    const id = await kit.batchWith(1)
    kit.server.next.push((_, response) => send(response, { batch_id: 4711 }))
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, ({ submissions }) => submissions[0]?.state === 'failed')
    expect(kit.batch(id).items[0]?.error).toMatchObject({ id: 'batch_unknown_id' })
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

describe('a file that could not be read', () => {
  it('is read again by a retry, and sent', async () => {
    await kit.open()
    const batch = unwrap(await kit.service.createBatch())
    const file = await kit.image('late.png')
    const good = await readFile(file)
    await writeFile(file, 'not yet an image')
    unwrap(await kit.service.addSources(batch.id, [{ kind: 'path', path: file }]))
    await kit.service.whenPrepared(batch.id)
    expect(states(batch.id)).toEqual(['error'])
    await writeFile(file, good)
    unwrap(await kit.service.retryItems(batch.id, [kit.batch(batch.id).items[0]?.id ?? '']))
    await kit.until(batch.id, ({ items }) => items[0]?.state === 'completed')
    expect(kit.batch(batch.id).items[0]).not.toHaveProperty('error')
  })
})
