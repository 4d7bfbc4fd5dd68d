import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { BatchResults, type BatchRequest } from '../../shared/mathpix.ts'

/** The images with which something goes wrong once, by the number in their address. */
export const TROUBLE = {
  /** The first POST that holds it is answered with 429. */
  limited: 1,
  /** Its first reading fails; the second POST that holds it is accepted, and the reply to it is lost. */
  failing: 30,
  /** The first POST that holds it is refused for good. */
  refused: 130,
} as const

/** The place in the batch of the file that the server does not take as a data URI: it has to come by upload. */
const NO_DATA_URI = '0003-'

export type AccessLine = {
  readonly method: string
  readonly path: string
  /** The images of a POST, each by what was sent of it. */
  readonly images: readonly string[]
  readonly outcome: 'limited' | 'refused' | 'accepted' | 'accepted, reply lost' | 'cut' | 'answered'
}

export const addressOf = (image: number) => `https://images.example/${String(image)}.png`

/**
 * Speaks v3 and keeps an access log. It answers protocol questions only: its "readings" name the key. It runs beside the process that is killed,
 * so what it has seen is what a paid service would have seen.
 */
export class ProtocolServer {
  readonly log: AccessLine[] = []
  readonly #server: http.Server
  readonly #batches = new Map<
    string,
    { keys: string[]; failing: Set<string>; lost: Set<string>; polls: number }
  >()
  readonly #done = new Set<string>()

  private constructor() {
    this.#server = http.createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy())
    })
  }

  static async start(): Promise<ProtocolServer> {
    const server = new ProtocolServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`
  }

  /** How often each image was accepted, which is how often it was billed. */
  accepted(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { outcome, images } of this.log) {
      if (!outcome.startsWith('accepted')) continue
      for (const image of images) counts.set(image, (counts.get(image) ?? 0) + 1)
    }
    return counts
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    // A client that is killed while it sends was never heard out: that is no request.
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const method = request.method ?? ''
    const path = request.url ?? ''
    const say = (outcome: AccessLine['outcome'], images: readonly string[] = []) =>
      this.log.push({ method, path, images, outcome })
    if (method === 'POST' && path === '/v3/batch') {
      this.#post(JSON.parse(body.toString('utf8')) as BatchRequest, response, say)
    } else if (method === 'POST') {
      say('accepted', [`upload ${hash(fileOf(request, body))}`])
      reply(response, { latex_styled: 'read the upload', latex_confidence: 0.9 })
    } else this.#poll(path, response, say)
  }

  #post(
    { urls }: BatchRequest,
    response: http.ServerResponse,
    say: (outcome: AccessLine['outcome'], images: readonly string[]) => void,
  ): void {
    const entries = Object.entries(urls).map(([key, value]) => ({
      key,
      image: identify(typeof value === 'string' ? value : value.url),
    }))
    const images = entries.map(({ image }) => image)
    const holds = (image: number) => images.includes(addressOf(image))
    if (holds(TROUBLE.limited) && this.#once('limited')) {
      say('limited', images)
      const error = { id: 'http_max_requests', message: 'Too many requests' }
      reply(response, { error: error.message, error_info: error }, 429, { 'retry-after': '1' })
      return
    }
    if (holds(TROUBLE.refused) && this.#once('refused')) {
      say('refused', images)
      const error = { id: 'opts_bad_callback', message: 'No' }
      reply(response, { error: error.message, error_info: error })
      return
    }
    const isRepeat = holds(TROUBLE.failing) && !this.#once('failing')
    const id = String(this.#batches.size + 1)
    const failing = new Set(
      entries.filter(({ image }) => image === addressOf(TROUBLE.failing) && !isRepeat).map(({ key }) => key),
    )
    const lost = new Set(entries.map(({ key }) => key).filter((key) => key.startsWith(NO_DATA_URI)))
    this.#batches.set(id, { keys: entries.map(({ key }) => key), failing, lost, polls: 0 })
    if (isRepeat) {
      say('accepted, reply lost', images)
      response.destroy()
      return
    }
    say('accepted', images)
    reply(response, { batch_id: Number(id) })
  }

  /** The first poll is cut, the second brings half of the results, the later ones all. */
  #poll(path: string, response: http.ServerResponse, say: (outcome: AccessLine['outcome']) => void): void {
    const batch = this.#batches.get(path.replace('/v3/batch/', ''))
    if (!batch) {
      say('answered')
      reply(response, { error: 'Unknown', error_info: { id: 'batch_unknown_id', message: 'Unknown' } })
      return
    }
    batch.polls += 1
    if (batch.polls === 1) {
      say('cut')
      response.destroy()
      return
    }
    const { keys, failing, lost } = batch
    const finished = batch.polls === 2 ? keys.slice(0, Math.ceil(keys.length / 2)) : keys
    say('answered')
    const results = finished.map((key) => [
      key,
      failing.has(key)
        ? { error: 'No content', error_info: { id: 'image_no_content', message: 'No content' } }
        : lost.has(key)
          ? { error: 'No image', error_info: { id: 'image_missing', message: 'No image' } }
          : { latex_styled: `read ${key}`, latex_confidence: 0.9 },
    ])
    reply(response, BatchResults.parse({ keys, results: Object.fromEntries(results) as unknown }))
  }

  #once(what: string): boolean {
    if (this.#done.has(what)) return false
    this.#done.add(what)
    return true
  }
}

function identify(url: string): string {
  return url.startsWith('data:') ? hash(Buffer.from(url)) : url
}

const hash = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex')

/** The file in the form of an upload. */
function fileOf({ headers }: http.IncomingMessage, body: Buffer): Buffer {
  const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? ''
  const start = body.indexOf('\r\n\r\n', body.indexOf('name="file"')) + 4
  return body.subarray(start, body.indexOf(`\r\n--${boundary}`, start))
}

function reply(
  response: http.ServerResponse,
  body: unknown,
  status = 200,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
