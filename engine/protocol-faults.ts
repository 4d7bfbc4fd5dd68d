import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { engineError, toEnvelope, type EngineErrorId } from './errors.ts'

type ProtocolFault = readonly [status: number, phrase: string, id: EngineErrorId]

const JSON_TYPE = 'application/json; charset=utf-8'

const BAD_REQUEST: ProtocolFault = [400, 'Bad Request', 'http_bad_request']
const NOT_ALLOWED: ProtocolFault = [405, 'Method Not Allowed', 'http_method_not_allowed']

const faults: Readonly<Record<string, ProtocolFault>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'http_request_timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'http_headers_too_large'],
}

/** What is no proper HTTP request is answered all the same, in the envelope, and its connection closed. */
export function answerClientError(error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else end(socket, namesUnknownMethod(error) ? NOT_ALLOWED : (faults[error.code ?? ''] ?? BAD_REQUEST))
}

type ClientError = Error & { readonly code?: string; readonly rawPacket?: unknown }

/** Node knows a list of methods; a request with another one is a proper request all the same. */
function namesUnknownMethod({ code, rawPacket }: ClientError): boolean {
  if (code !== 'HPE_INVALID_METHOD' || !Buffer.isBuffer(rawPacket)) return false
  return /^[A-Za-z!#$%&'*+.^_`|~-]+ \S+ HTTP\/1\.[01]\r?\n/.test(rawPacket.toString('latin1', 0, 16_384))
}

/** Requests that Node hands out apart from the others: tunnels, other protocols, expectations that nobody can meet. */
export function answerSpecialRequests(server: Server): void {
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => end(socket, NOT_ALLOWED))
  server.on('checkExpectation', (request, response) => {
    answer(response, 417)
    request.resume()
  })
}

/** A path with a percent sign that stands for nothing. */
export function answerUnreadablePath(response: ServerResponse): void {
  answer(response, 400)
}

function answer(response: ServerResponse, status: number): void {
  const text = write('http_bad_request')
  const length = Buffer.byteLength(text)
  response.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': length, connection: 'close' })
  response.end(text)
}

function end(socket: Duplex, [status, phrase, id]: ProtocolFault): void {
  const text = write(id)
  socket.on('error', () => undefined)
  socket.end(
    `HTTP/1.1 ${String(status)} ${phrase}\r\ncontent-type: ${JSON_TYPE}\r\n` +
      `content-length: ${String(Buffer.byteLength(text))}\r\nconnection: close\r\n\r\n${text}`,
    () => socket.destroy(),
  )
}

const write = (id: EngineErrorId): string => JSON.stringify(toEnvelope(engineError(id)))
