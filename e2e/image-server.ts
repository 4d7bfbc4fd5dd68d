import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void

/** A real web server for image URLs on the loopback: files by name, and whatever misbehaviour a test asks for. */
export class ImageServer {
  readonly #server: http.Server
  readonly #answers = new Map<string, Answer>()
  readonly #held = new Map<string, (() => void)[]>()
  /** Paths asked for, in order. */
  readonly requests: string[] = []

  private constructor(server: http.Server) {
    this.#server = server
    server.on('request', (request, response) => {
      const url = request.url ?? '/'
      this.requests.push(url)
      const answer = this.#answers.get(url)
      if (answer) answer(request, response)
      else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>')
    })
  }

  static async start(): Promise<ImageServer> {
    const server = http.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new ImageServer(server)
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Serves `file` under `/its-name` (or `as`) and returns the URL. */
  serve(file: string, as = `/${path.basename(file)}`): string {
    const bytes = fs.readFileSync(file)
    return this.answer(as, (_, response) =>
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes),
    )
  }

  /** Serves `file`, but answers only after `release(url)`. */
  hold(file: string, as = `/held-${path.basename(file)}`): string {
    const bytes = fs.readFileSync(file)
    this.#held.set(as, [])
    return this.answer(as, (_, response) => {
      const send = () => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes)
      const waiting = this.#held.get(as)
      if (waiting) waiting.push(send)
      else send()
    })
  }

  release(url: string): void {
    const { pathname } = new URL(url)
    const waiting = this.#held.get(pathname) ?? []
    this.#held.delete(pathname)
    for (const send of waiting) send()
  }

  answer(at: string, answer: Answer): string {
    this.#answers.set(at, answer)
    return `${this.origin}${at}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
