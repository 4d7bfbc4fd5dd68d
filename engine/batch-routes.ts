import type { FastifyInstance } from 'fastify'
import { readBatchRequest } from './batch-request.ts'
import type { Batches } from './batches.ts'
import { engineError, toEnvelope } from './errors.ts'

/** `POST v3/batch` and `GET v3/batch/{batch_id}`. Bodies arrive as text: the order of keys is in the text only. */
export function registerBatchRoutes(server: FastifyInstance, batches: Batches, owner: string): void {
  server.post('/v3/batch', async (request) => {
    const parsed = readBatchRequest(typeof request.body === 'string' ? request.body : '')
    if (!parsed.ok) return toEnvelope(parsed.error)
    return { batch_id: await batches.accept(parsed.value, owner) }
  })

  server.get<{ Params: { batch_id: string } }>('/v3/batch/:batch_id', (request, reply) => {
    const { batch_id } = request.params
    const batch = /^[1-9]\d{0,15}$/.test(batch_id) ? batches.find(Number(batch_id), owner) : undefined
    if (!batch) return reply.send(toEnvelope(engineError('batch_unknown_id', { batch_id })))
    const { keys, results, echo } = batch
    return reply.send({
      keys,
      ...(echo ? { callback: echo } : {}),
      results: Object.fromEntries(results),
    })
  })
}
