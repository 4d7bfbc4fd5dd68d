import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keeps at most `most` connections. One more takes the place of the oldest that is not being answered: it is silent, or still sending.
 * So whoever opens connections without end, or sends a byte a minute on each, crowds out its own. When all are being answered the
 * newcomer has to go.
 */
export function boundConnections(server: Server, most: number): void {
  /** In the order in which they came, each with the request it is at. */
  const connections = new Map<Socket, IncomingMessage | undefined>()
  server.on('connection', (socket) => {
    connections.set(socket, undefined)
    socket.once('close', () => connections.delete(socket))
    if (connections.size <= most) return
    for (const [candidate, request] of connections) {
      if (request?.complete === true) continue
      connections.delete(candidate)
      candidate.destroy()
      return
    }
  })
  server.on('request', (request, response) => {
    const { socket } = request
    if (connections.has(socket)) connections.set(socket, request)
    response.once('close', () => {
      if (connections.has(socket)) connections.set(socket, undefined)
    })
  })
}
