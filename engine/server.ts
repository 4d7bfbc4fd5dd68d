import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { LIMITS } from '../shared/protocol-limits.ts'
import { checkKeys } from './authenticate.ts'
import { registerBatchRoutes } from './batch-routes.ts'
import type { Batches } from './batches.ts'
import { announcesTooLargeBody, answerAndClose, hasBody, ignoreBody } from './body-limit.ts'
import { boundConnections } from './connection-bound.ts'
import { createOwnerHash, type Credentials } from './credentials.ts'
import { engineError, toEnvelope, type EngineErrorId } from './errors.ts'
import { answerClientError, answerSpecialRequests, answerUnreadablePath } from './protocol-faults.ts'
import type { SingleImagesDeps } from './single-images.ts'
import { registerSingleRoutes } from './single-routes.ts'

export type ServerDeps = SingleImagesDeps & {
  readonly credentials: Credentials
  readonly batches: Batches
  /** Milliseconds in which a whole request has to arrive. */
  readonly requestTimeoutMs?: number
  readonly maxConnections?: number
}

/** 5 MB over a slow line; who is silent for longer holds a connection for nothing. */
const REQUEST_TIMEOUT_MS = 120_000
const HEADERS_TIMEOUT_MS = 20_000
/** A connection on which nothing moves; a single image may take its time in a stuck worker and again in another. */
const IDLE_TIMEOUT_MS = 300_000
/** More than any client needs at once. */
const MAX_CONNECTIONS = 400

/** Node takes no more than this of a request's head. */
const MAX_PATH = 16 * 1024
const MAX_LOGGED_PATH = 200

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;|$)/

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
    bodyLimit: LIMITS.body.taken,
    requestTimeout,
    connectionTimeout: IDLE_TIMEOUT_MS,
    http: {
      headersTimeout: Math.min(requestTimeout, HEADERS_TIMEOUT_MS),
      connectionsCheckingInterval: Math.min(requestTimeout / 4, 5000),
      requireHostHeader: false,
    },
    forceCloseConnections: true,
    return503OnClosing: false,
    // Longer than any path may be: an unknown number is an unknown number, however long.
    routerOptions: { maxParamLength: MAX_PATH },
    clientErrorHandler: answerClientError,
    frameworkErrors: (_error, _request, reply) => {
      answerUnreadablePath(reply.raw)
    },
  })
  boundConnections(server.server, deps.maxConnections ?? MAX_CONNECTIONS)
  answerSpecialRequests(server.server)
  server.removeContentTypeParser(['application/json', 'text/plain'])
  // curl without -H says that JSON is a web form: the body decides, not the label.
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.addHook('onRequest', async (request, reply) => {
    // So does one that is none.
    if (!MEDIA_TYPE.test(request.headers['content-type'] ?? ''))
      request.headers['content-type'] = 'application/octet-stream'
    const refusal = request.is404 ? undefined : checkKeys(request.headers, deps.credentials)
    const tooLarge = { status: 200, error: engineError('sys_request_too_large') }
    const answer = refusal ?? (announcesTooLargeBody(request.raw) ? tooLarge : undefined)
    if (answer && hasBody(request.raw))
      return answerAndClose(request, reply, answer.status, toEnvelope(answer.error))
    if (answer) return reply.code(answer.status).send(toEnvelope(answer.error))
    if (/^(?:GET|HEAD)$/.test(request.method) && hasBody(request.raw)) void ignoreBody(request.raw)
    return undefined
  })
  server.addHook('onResponse', (request, reply, done) => {
    const path = request.url.replace(/\?.*$/s, '').slice(0, MAX_LOGGED_PATH)
    deps.log(`${request.method} ${path} ${String(reply.statusCode)} ${reply.elapsedTime.toFixed(0)}ms`)
    done()
  })
  registerBatchRoutes(server, deps.batches, createOwnerHash(deps.credentials))
  registerSingleRoutes(server, deps)
  const answerUnknown = (request: FastifyRequest, reply: FastifyReply) => {
    const methods = allowed.find(({ path }) => path.test(request.url.replace(/\?.*$/s, '')))?.methods
    if (methods === undefined) return reply.code(404).send(toEnvelope(engineError('http_not_found')))
    return reply
      .code(405)
      .header('allow', methods)
      .send(toEnvelope(engineError('http_method_not_allowed')))
  }
  server.setNotFoundHandler(answerUnknown)
  server.setErrorHandler((error: FastifyError, request, reply) => {
    // A body that cannot be read says nothing of what is not there.
    if (request.is404 && error.statusCode !== 413) return answerUnknown(request, reply)
    const id = translateError(error)
    if (id === 'sys_exception') deps.log(`request failed: ${error.message}`)
    if (id === 'sys_request_too_large')
      return answerAndClose(request, reply, 200, toEnvelope(engineError(id)))
    return reply.code(200).send(toEnvelope(engineError(id)))
  })
  return server
}

/** The framework's 413 and 400 in the protocol's words. */
function translateError({ statusCode }: FastifyError): EngineErrorId {
  if (statusCode === 413) return 'sys_request_too_large'
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'json_syntax' : 'sys_exception'
}
