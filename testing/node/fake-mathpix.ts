import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BatchRequest } from '../../shared/mathpix.ts'

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
 * Mathpix for the tests of the service, the kills and the window: a server on loopback that speaks as much of v3 as they need, and
 * badly where they ask for it. It answers protocol questions only: its "readings" echo the key.
 */
export class FakeMathpix {
  /** All but those for the usage counter, which come whenever it is shown. */
  readonly requests: RecordedRequest[] = []
  readonly usageRequests: RecordedRequest[] = []
  /** Taken for the next requests, one each. */
  readonly next: Answer[] = []
  /** Given to all others. */
  answer: Answer = (request, response) => this.answerNormally(request, response)
  /** Normal answer of a GET: which keys of a batch have a result; polls are counted over all batches. */
  finishedKeys: (keys: string[], polls: number) => string[] = (keys) => keys
  /** Normal answer for one image. */
  resultOf: (key: string) => unknown = readWell
  /** Answers `GET v3/ocr-usage`; at first as to keys that may not ask. */
  usage: Answer = answerWith(envelope('http_unauthorized'), 401)
  /** Waited for before an answer; a test holds a reply back with it. */
  before: (request: RecordedRequest) => Promise<void> = () => Promise.resolve()
  readonly #batches = new Map<string, string[]>()
  #polls = 0
  readonly #server: http.Server

  private constructor() {
    this.#server = http.createServer((request, response) => {
      // A client that ends while it sends was never heard out: that is no request.
      this.#handle(request, response).catch(() => response.destroy())
    })
  }

  /** At any free port unless it has to be a certain one. */
  static async start(port = 0): Promise<FakeMathpix> {
    const fake = new FakeMathpix()
    await new Promise<void>((resolve) => fake.#server.listen(port, '127.0.0.1', resolve))
    return fake
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** All POSTs, uploads too. */
  get sent(): RecordedRequest[] {
    return this.requests.filter(({ method }) => method === 'POST')
  }

  posts(path = '/v3/batch'): RecordedRequest[] {
    return this.sent.filter((request) => request.path === path)
  }

  /** The bodies of the batches posted so far. */
  get batchBodies(): readonly BatchRequest[] {
    return this.posts().map(({ json }) => json as BatchRequest)
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return
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
    if (request.path.startsWith('/v3/ocr-usage')) {
      this.usageRequests.push(request)
      this.usage(request, response)
      return
    }
    this.requests.push(request)
    await this.before(request)
    const answer = this.next.shift() ?? this.answer
    answer(request, response)
  }

  /** Takes a batch without a word; answers its number, from 17 on. */
  accept({ json }: Pick<RecordedRequest, 'json'>): number {
    const id = this.#batches.size + 17
    this.#batches.set(String(id), Object.keys((json as BatchRequest).urls))
    return id
  }

  /** Takes a batch, and breaks the connection instead of answering. */
  readonly acceptAndHangUp: Answer = (request, response) => {
    this.accept(request)
    response.destroy()
  }

  readonly answerNormally: Answer = ({ method, path, json }, response) => {
    if (method === 'POST') {
      const isBatch = path === '/v3/batch'
      send(response, isBatch ? { batch_id: this.accept({ json }) } : UPLOADED)
      return
    }
    this.#polls += 1
    this.#answerPoll(path, response, (keys) => this.finishedKeys(keys, this.#polls))
  }

  /** Answers a poll with the results of the first `count` keys only. */
  answerFirst(count: number): Answer {
    return ({ path }, response) => this.#answerPoll(path, response, (keys) => keys.slice(0, count))
  }

  #answerPoll(path: string, response: http.ServerResponse, finish: (keys: string[]) => string[]): void {
    const keys = this.#batches.get(path.replace('/v3/batch/', ''))
    const results = keys && Object.fromEntries(finish(keys).map((key) => [key, this.resultOf(key)]))
    send(response, keys ? { keys, results } : envelope('batch_unknown_id'))
  }

  /** Takes the next request when it is there; the promise brings what answers it. */
  hold(): Promise<() => void> {
    return new Promise((resolve) =>
      this.next.push((request, response) => resolve(() => this.answerNormally(request, response))),
    )
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

export function answerWith(body: unknown, status = 200, headers: http.OutgoingHttpHeaders = {}): Answer {
  return (_request, response) => send(response, body, status, headers)
}

export function answerWithText(status: number, text: string): Answer {
  return (_request, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(text)
}

/** An error in the service's envelope; `detail` stands beside its id and its message, which says the id unless told otherwise. */
export function envelope(
  id: string,
  detail: { readonly message?: string; readonly [name: string]: unknown } = {},
) {
  return { error: detail.message ?? id, error_info: { id, message: id, ...detail } }
}

const UPLOADED = { latex_styled: 'uploaded', latex_confidence: 0.9 }

const readWell = (key: string): unknown => ({
  latex_styled: `read ${key}`,
  latex_confidence: 0.99,
  latex_confidence_rate: 0.999,
})

const isForm = ({ headers }: http.IncomingMessage) =>
  headers['content-type']?.startsWith('multipart/') === true

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
