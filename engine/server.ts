import multipart from '@fastify/multipart'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { checkKeys } from './authenticate.ts'
import { registerBatchRoutes } from './batch-routes.ts'
import type { Batches } from './batches.ts'
import { hasTooLargeBody, MAX_BODY_BYTES } from './body-limit.ts'
import { createOwnerHash, type Credentials } from './credentials.ts'
import { engineError, toEnvelope, type EngineErrorId } from './errors.ts'
import type { SingleImagesDeps } from './single-images.ts'
import { registerSingleRoutes } from './single-routes.ts'

export type ServerDeps = SingleImagesDeps & {
  readonly credentials: Credentials
  readonly batches: Batches
  /** Milliseconds in which a whole request has to arrive. */
  readonly requestTimeoutMs?: number
}

/** 5 MB over a slow line; who is silent for longer holds a connection for nothing. */
const REQUEST_TIMEOUT_MS = 120_000

/** Methods of each known path, for 405 instead of 404. */
const allowed: readonly { readonly path: RegExp; readonly methods: string }[] = [
  { path: /^\/v3\/(?:batch|text|latex)$/, methods: 'POST' },
  { path: /^\/v3\/batch\/[^/]+$/, methods: 'GET, HEAD' },
]

/**
 * The v3 protocol over HTTP: keys, then size, JSON, callback, options. Nearly every fault is status 200 with an envelope, as
 * documented; the framework's own refusals are translated. Request bodies stay text until a handler parses them.
 */
export async function createEngineServer(deps: ServerDeps): Promise<FastifyInstance> {
  const requestTimeout = deps.requestTimeoutMs ?? REQUEST_TIMEOUT_MS
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout,
    http: {
      headersTimeout: Math.min(requestTimeout, 60_000),
      connectionsCheckingInterval: Math.min(requestTimeout / 4, 30_000),
    },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  })
  await server.register(multipart, {
    limits: { fileSize: MAX_BODY_BYTES, fieldSize: MAX_BODY_BYTES, fields: 20, files: 5, parts: 25 },
  })
  server.removeContentTypeParser(['application/json', 'text/plain'])
  // curl without -H says that JSON is a web form: the body decides, not the label.
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.addHook('onRequest', async (request, reply) => {
    const refusal = request.is404 ? undefined : checkKeys(request.headers, deps.credentials)
    if (refusal) return reply.code(refusal.status).send(toEnvelope(refusal.error))
    if (await hasTooLargeBody(request.raw))
      return reply.send(toEnvelope(engineError('sys_request_too_large')))
    return undefined
  })
  server.addHook('onResponse', (request, reply, done) => {
    const path = request.url.replace(/\?.*$/s, '')
    deps.log(`${request.method} ${path} ${String(reply.statusCode)} ${reply.elapsedTime.toFixed(0)}ms`)
    done()
  })
  registerBatchRoutes(server, deps.batches, createOwnerHash(deps.credentials))
  registerSingleRoutes(server, deps)
  server.setNotFoundHandler((request, reply) => {
    const methods = allowed.find(({ path }) => path.test(request.url.replace(/\?.*$/s, '')))?.methods
    if (methods === undefined) return reply.code(404).send(toEnvelope(engineError('http_not_found')))
    return reply
      .code(405)
      .header('allow', methods)
      .send(toEnvelope(engineError('http_method_not_allowed')))
  })
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const id = translateError(error)
    if (id === 'sys_exception') deps.log(`request failed: ${error.message}`)
    return reply.code(200).send(toEnvelope(engineError(id)))
  })
  return server
}

/** The framework's 413 and 400 in the protocol's words. */
function translateError({ code, statusCode }: FastifyError): EngineErrorId {
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') return 'sys_request_too_large'
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'json_syntax' : 'sys_exception'
}
