import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test lets the server do with one request; `socket` may be destroyed to lose a reply. */
export type Answer = (request: RecordedRequest, response: http.ServerResponse) => void

export type RecordedRequest = {
  readonly method: string
  readonly path: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
  readonly json: unknown
}

/**
 * A server on loopback that speaks as much of v3 as the client's tests need. It answers protocol questions
 * only: its "readings" echo the key.
 */
export class FakeV3Server {
  readonly requests: RecordedRequest[] = []
  /** Taken for the next requests, one each, before the normal answers. */
  readonly next: Answer[] = []
  /** Normal answer of a GET: which keys of a batch have a result. */
  finishedKeys: (keys: string[], polls: number) => string[] = (keys) => keys
  /** Normal answer for one image. */
  resultOf: (key: string) => unknown = (key) => ({ latex_styled: `read ${key}`, latex_confidence: 0.8 })
  /** Waited for before an answer; a test holds a reply back with it. */
  before: (request: RecordedRequest) => Promise<void> = () => Promise.resolve()
  readonly #batches = new Map<string, string[]>()
  #polls = 0
  readonly #server: http.Server

  private constructor() {
    this.#server = http.createServer((request, response) => void this.#handle(request, response))
  }

  static async start(): Promise<FakeV3Server> {
    const fake = new FakeV3Server()
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve))
    return fake
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  posts(path = '/v3/batch'): RecordedRequest[] {
    return this.requests.filter((request) => request.method === 'POST' && request.path === path)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #handle(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const request = {
      method: message.method ?? '',
      path: message.url ?? '',
      headers: message.headers,
      body,
      json: isForm(message) ? undefined : parse(body),
    }
    this.requests.push(request)
    await this.before(request)
    const answer = this.next.shift() ?? ((taken, reply) => this.answerNormally(taken, reply))
    answer(request, response)
  }

  /** Takes a batch without a word; answers its number, from 17 on. */
  accept({ json }: Pick<RecordedRequest, 'json'>): number {
    const id = this.#batches.size + 17
    this.#batches.set(String(id), Object.keys((json as { urls: object }).urls))
    return id
  }

  answerNormally({ method, path, json }: RecordedRequest, response: http.ServerResponse): void {
    if (method === 'POST' && path === '/v3/batch') {
      send(response, { batch_id: this.accept({ json }) })
      return
    }
    if (method === 'POST') {
      send(response, { latex_styled: 'uploaded', latex_confidence: 0.9 })
      return
    }
    const keys = this.#batches.get(path.replace('/v3/batch/', ''))
    if (!keys) {
      send(response, {
        error: 'Unknown batch id',
        error_info: { id: 'batch_unknown_id', message: 'Unknown batch id' },
      })
      return
    }
    this.#polls += 1
    const finished = this.finishedKeys(keys, this.#polls)
    const results = finished.map((key) => [key, this.resultOf(key)])
    send(response, { keys, results: Object.fromEntries(results) as unknown })
  }
}

/** Answers with a JSON body. */
export function send(
  response: http.ServerResponse,
  body: unknown,
  status = 200,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const isForm = ({ headers }: http.IncomingMessage) =>
  headers['content-type']?.startsWith('multipart/') === true

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
