import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BatchRequest, OcrResult } from '../shared/mathpix.ts'

export type Recorded = {
  readonly method: string
  readonly path: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: unknown
}

type Reply = (exchange: Exchange) => void
type Exchange = { readonly request: Recorded; readonly response: http.ServerResponse }

/**
 * Speaks the v3 protocol badly on purpose. It answers protocol questions only: the "results" it gives are marked as what they
 * are and stand for no recognition.
 */
export class FakeMathpix {
  readonly #server: http.Server
  readonly #scripted: Reply[] = []
  readonly #batches = new Map<string, string[]>()
  /** Apart from those for the usage counter, which come whenever it is shown. */
  readonly requests: Recorded[] = []
  /** What each key is answered with; stands for no recognition. */
  answer: (key: string) => OcrResult = fixtureResult
  readonly #usageRequests: Recorded[] = []
  /** Answers `GET v3/ocr-usage`; at first as to keys that may not ask. */
  usage: Reply = ({ response }) =>
    sendJson(response, 401, envelope('http_unauthorized', 'Invalid credentials'))

  private constructor(server: http.Server) {
    this.#server = server
    server.on('request', (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = request.headers['content-type']?.includes('json') ?? false
        const recorded: Recorded = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
        }
        if (recorded.path.startsWith('/v3/ocr-usage')) {
          this.#usageRequests.push(recorded)
          this.usage({ request: recorded, response })
          return
        }
        this.requests.push(recorded)
        const reply = this.#scripted.shift() ?? this.behave
        reply({ request: recorded, response })
      })
    })
  }

  /** At any free port unless it has to be a certain one. */
  static async start(port = 0): Promise<FakeMathpix> {
    const server = http.createServer()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return new FakeMathpix(server)
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get usageRequests(): readonly Recorded[] {
    return this.#usageRequests
  }

  get posts(): readonly Recorded[] {
    return this.requests.filter(({ method }) => method === 'POST')
  }

  /** The bodies of the batches posted so far. */
  get batchBodies(): readonly BatchRequest[] {
    return this.posts.filter(({ path }) => path === '/v3/batch').map(({ body }) => body as BatchRequest)
  }

  /** The next requests are answered by these, in order; afterwards it behaves. */
  next(...replies: Reply[]): void {
    this.#scripted.push(...replies)
  }

  /** What was scripted and has not been asked for is dropped: it behaves from now on. */
  release(): void {
    this.#scripted.length = 0
  }

  /** Accepts a batch, and answers all of its keys at the first poll. */
  readonly behave: Reply = ({ request, response }) => {
    if (request.method === 'POST' && request.path === '/v3/batch') {
      const id = String(this.#batches.size + 1)
      this.#batches.set(id, Object.keys((request.body as BatchRequest).urls))
      sendJson(response, 200, { batch_id: Number(id) })
      return
    }
    const keys = this.#batches.get(request.path.split('/').at(-1) ?? '') ?? []
    sendJson(response, 200, {
      keys,
      results: Object.fromEntries(keys.map((key) => [key, this.answer(key)])),
    })
  }

  /** Answers a poll with the results of the first `count` keys only. */
  partial(count: number): Reply {
    return ({ request, response }) => {
      const keys = this.#batches.get(request.path.split('/').at(-1) ?? '') ?? []
      sendJson(response, 200, {
        keys,
        results: Object.fromEntries(keys.slice(0, count).map((key) => [key, this.answer(key)])),
      })
    }
  }

  /** Takes the next request when it is there; the promise brings what answers it. */
  hold(): Promise<() => void> {
    return new Promise((resolve) => this.next((exchange) => resolve(() => this.behave(exchange))))
  }

  /** Takes the batch, and breaks the connection instead of answering. */
  readonly acceptAndHangUp: Reply = ({ request, response }) => {
    this.#batches.set(String(this.#batches.size + 1), Object.keys((request.body as BatchRequest).urls))
    response.socket?.destroy()
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

export function sendJson(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body))
}

export const replyWith =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  ({ response }) =>
    sendJson(response, status, body, headers)

export const replyWithText =
  (status: number, text: string): Reply =>
  ({ response }) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end(text)

/** An error in the service's envelope. */
export const envelope = (id: string, message: string, detail: Record<string, unknown> = {}) => ({
  error: message,
  error_info: { id, message, ...detail },
})

const fixtureResult = (key: string): OcrResult => ({
  latex_styled: `\\text{fixture for }${key.slice(0, 3)}`,
  latex_confidence: 0.99,
  latex_confidence_rate: 0.999,
})
