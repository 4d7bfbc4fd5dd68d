import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { readBatchRequest } from './batch-request.ts'
import type { Batches } from './batches.ts'
import { bodyOf } from './body-limit.ts'
import { engineError, toEnvelope } from './errors.ts'
import { piecesOfArray, piecesOfObject } from './json-pieces.ts'
import type { BatchView } from './kept-views.ts'

/** Results of so many images are written in one go. */
const MAX_AT_ONCE = 100

/** `POST v3/batch` and `GET v3/batch/{batch_id}`. Bodies arrive as text: the order of keys is in the text only. */
export function registerBatchRoutes(server: FastifyInstance, batches: Batches, owner: string): void {
  server.post('/v3/batch', async (request) => {
    const parsed = await readBatchRequest(bodyOf(request).toString('utf8'))
    if (!parsed.ok) return toEnvelope(parsed.error)
    return { batch_id: await batches.accept(parsed.value, owner) }
  })

  server.get<{ Params: { batch_id: string } }>('/v3/batch/:batch_id', async (request, reply) => {
    const { batch_id } = request.params
    const isNumber = /^[1-9]\d{0,15}$/.test(batch_id)
    const batch = isNumber ? await batches.find(Number(batch_id), owner) : undefined
    if (!batch) return reply.send(toEnvelope(engineError('batch_unknown_id', { batch_id })))
    const { keys, results, echo } = batch
    if (keys.length <= MAX_AT_ONCE)
      return reply.send({
        keys,
        ...(echo ? { callback: echo } : {}),
        results: Object.fromEntries(results),
      })
    return reply.type('application/json; charset=utf-8').send(Readable.from(piecesOfView(batch)))
  })
}

/** Piece by piece, because the results of a large batch are many megabytes: others have their turn in between. */
async function* piecesOfView({ keys, results, echo }: BatchView): AsyncGenerator<string> {
  yield '{"keys":'
  yield* piecesOfArray(keys)
  if (echo) yield `,"callback":${JSON.stringify(echo)}`
  yield ',"results":'
  yield* piecesOfObject(results)
  yield '}'
}
