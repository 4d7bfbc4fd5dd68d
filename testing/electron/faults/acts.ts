import type { Socket } from 'node:net'
import { headOf, respond, type Fault, type RawReply } from '../fault-server.ts'

/** What servers do wrong, as faults of the fault server. */

/** A whole reply of any kind, then the end of the connection. */
export const reply = (raw: RawReply): Fault => ({
  at: 'request',
  act: (socket) => {
    respond(socket, { ...raw, headers: { connection: 'close', ...raw.headers } })
    socket.end()
  },
})
export const replyJson = (body: unknown, status = 200, headers: Record<string, string> = {}): Fault =>
  reply({ status, headers, body: JSON.stringify(body) })
export const replyHtml = (status: number, headers: Record<string, string> = {}): Fault =>
  reply({ status, headers: { 'content-type': 'text/html', ...headers }, body: '<h1>Sorry</h1>' })
/** An error in the service's envelope. */
export const envelope = (id: string, detail: Record<string, unknown> = {}, message = `About ${id}`) => ({
  error: message,
  error_info: { id, message, ...detail },
})

/** The proper reply in other clothes: its text goes through `change`. */
export const replyChanged = (change: (text: string) => RawReply): Fault => ({
  at: 'request',
  act: (socket, request, server) => {
    reply(change(JSON.stringify(server.answer(request)))).act(socket, request, server)
  },
})

/** Hangs up, after or before the body was read; the server has taken the batch in nevertheless. */
export const hangUp = (how: 'reset' | 'close', at: Fault['at'] = 'request'): Fault => ({
  at,
  act: (socket, request, server) => {
    if (at === 'request') server.answer(request)
    drop(socket, how)
  },
})

/** Says that much of the proper reply, then hangs up. */
export const cutOff = (after: 'headers' | 'half', how: 'reset' | 'close'): Fault => ({
  at: 'request',
  act: (socket, request, server) => {
    const body = Buffer.from(JSON.stringify(server.answer(request)))
    const head = headOf(200, { 'content-type': 'application/json', 'content-length': String(body.length) })
    const said = after === 'headers' ? head : Buffer.concat([head, body.subarray(0, body.length / 2)])
    socket.write(said, () => drop(socket, how))
  },
})

/** Says the whole of the proper reply, announces more, and hangs up. */
export const cutBehind: Fault = {
  at: 'request',
  act: (socket, request, server) => {
    const body = Buffer.from(JSON.stringify(server.answer(request)))
    const length = String(body.length + 1)
    const head = headOf(200, { 'content-type': 'application/json', 'content-length': length })
    socket.write(Buffer.concat([head, body]), () => drop(socket, 'close'))
  },
}

/** Half of the header lines, then the end. */
export const cutHeaders: Fault = {
  at: 'request',
  act: (socket, request, server) => {
    server.answer(request)
    socket.write('HTTP/1.1 200 OK\r\ncontent-ty', () => drop(socket, 'close'))
  },
}

/** A chunked reply that ends without its last chunk. */
export const cutChunks: Fault = {
  at: 'request',
  act: (socket, request, server) => {
    const half = JSON.stringify(server.answer(request)).slice(0, 10)
    socket.write(headOf(200, { 'transfer-encoding': 'chunked' }))
    socket.write(`a\r\n${half}\r\n`, () => drop(socket, 'close'))
  },
}

/** Takes the request and never says a word. */
export const silence: Fault = { at: 'request', act: (_, request, server) => void server.answer(request) }

/** The proper reply, a byte at a time; `forever` never comes to the end. */
export const drip = (forever: boolean): Fault => ({
  at: 'request',
  act: (socket, request, server) => {
    const body = Buffer.from(JSON.stringify(server.answer(request)))
    const length = String(forever ? body.length + 1 : body.length)
    // Nobody reads another request from this connection.
    const headers = { 'content-type': 'application/json', 'content-length': length, connection: 'close' }
    socket.write(headOf(200, headers))
    let at = 0
    const timer = setInterval(() => {
      const byte = forever ? Buffer.from(' ') : body.subarray(at, at + 1)
      at += 1
      if (socket.destroyed || (!forever && at > body.length)) {
        clearInterval(timer)
        socket.end()
      } else if (!forever || at < body.length) socket.write(byte)
    }, 2)
    socket.on('close', () => clearInterval(timer))
  },
})

/** Bytes that are no HTTP. */
export const babble: Fault = {
  at: 'request',
  act: (socket) => {
    socket.end('220 mail.example ESMTP ready\r\n')
  },
}

/** What was written of an endless body, bytes. */
export const flooded = { bytes: 0 }

/** A body of 100 MB, announced or not; stops when nobody listens. */
export const flood = (isAnnounced: boolean): Fault => ({
  at: 'request',
  act: (socket) => {
    const size = 100 * 1024 * 1024
    const piece = Buffer.alloc(256 * 1024, 0x20)
    flooded.bytes = 0
    const length: Record<string, string> = isAnnounced ? { 'content-length': String(size) } : {}
    socket.write(headOf(200, { 'content-type': 'application/json', connection: 'close', ...length }))
    const pour = () => {
      while (!socket.destroyed && flooded.bytes < size) {
        flooded.bytes += piece.length
        if (!socket.write(piece)) {
          socket.once('drain', pour)
          return
        }
      }
      socket.end()
    }
    pour()
  },
})

/** The server goes away with this request unanswered. */
export const goDown = (takesIn: boolean): Fault => ({
  at: 'request',
  act: (_socket, request, server) => {
    if (takesIn) server.answer(request)
    server.down()
  },
})

function drop(socket: Socket, how: 'reset' | 'close'): void {
  if (how === 'reset') socket.resetAndDestroy()
  else socket.end()
}
