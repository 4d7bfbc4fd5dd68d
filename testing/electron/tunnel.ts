import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type TunnelMode = 'open' | 'down' | 'wrong_page' | 'elsewhere' | 'not_found' | 'silent'

/** Forwards what comes under `/base` to a port of this computer, as a tunnel does; or fails as tunnels fail. */
export class Tunnel {
  mode: TunnelMode = 'open'
  /** Paths asked for, without `/base`. */
  readonly paths: string[] = []
  readonly #server: http.Server

  private constructor(forwardTo: number) {
    this.#server = http.createServer((request, response) => {
      const path = (request.url ?? '').replace(/^\/base/, '')
      this.paths.push(path)
      if (this.mode === 'silent') return
      if (this.mode !== 'open') {
        answerBadly(this.mode, response)
        return
      }
      const inner = http.request({ port: forwardTo, path, method: request.method, headers: request.headers })
      inner.on('response', (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(response)
      })
      inner.on('error', () => response.writeHead(502).end())
      request.pipe(inner)
    })
  }

  static async start(forwardTo: number): Promise<Tunnel> {
    const tunnel = new Tunnel(forwardTo)
    await new Promise<void>((resolve) => tunnel.#server.listen(0, '127.0.0.1', resolve))
    return tunnel
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/base`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

function answerBadly(mode: Exclude<TunnelMode, 'open' | 'silent'>, response: http.ServerResponse): void {
  switch (mode) {
    case 'down':
      response.writeHead(502).end()
      return
    case 'wrong_page':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>You are about to visit a tunnel</h1>')
      return
    case 'elsewhere':
      response.writeHead(302, { location: 'https://sign-in.example/' }).end()
      return
    case 'not_found':
      response.writeHead(404).end()
  }
}
