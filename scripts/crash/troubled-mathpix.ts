import { createHash } from 'node:crypto'
import { answerWith, envelope, FakeMathpix, type RecordedRequest } from '../../testing/node/fake-mathpix.ts'
import { sentTo, uploadedFile } from '../../testing/node/sent-images.ts'

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
 * A server that gets into each trouble once, and keeps an access log. It runs beside the process that is killed, so what it has seen
 * is what a paid service would have seen.
 */
export class TroubledMathpix {
  readonly log: AccessLine[] = []
  readonly #server: FakeMathpix
  readonly #done = new Set<string>()
  readonly #failing = new Set<string>()
  readonly #polls = new Map<string, number>()

  private constructor(server: FakeMathpix) {
    this.#server = server
    server.resultOf = (key) =>
      this.#failing.has(key)
        ? envelope('image_no_content')
        : key.startsWith(NO_DATA_URI)
          ? envelope('image_missing')
          : { latex_styled: `read ${key}` }
    server.answer = (request, response) => {
      const isPoll = request.method === 'GET'
      const { outcome, images = [] } = isPoll ? this.#poll(request) : this.#post(request)
      this.log.push({ method: request.method, path: request.path, images, outcome })
      this.#answers[outcome](request, response)
    }
  }

  static async start(): Promise<TroubledMathpix> {
    return new TroubledMathpix(await FakeMathpix.start())
  }

  get origin(): string {
    return this.#server.origin
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

  stop(): Promise<void> {
    return this.#server.stop()
  }

  get #answers() {
    const { answerNormally, acceptAndHangUp } = this.#server
    return {
      limited: answerWith(envelope('http_max_requests'), 429, { 'retry-after': '1' }),
      refused: answerWith(envelope('opts_bad_callback')),
      accepted: answerNormally,
      'accepted, reply lost': acceptAndHangUp,
      cut: (_request, response) => response.destroy(),
      answered: answerNormally,
    } satisfies Record<AccessLine['outcome'], FakeMathpix['answer']>
  }

  #post(request: RecordedRequest): Pick<AccessLine, 'outcome' | 'images'> {
    if (request.path !== '/v3/batch')
      return { outcome: 'accepted', images: [`upload ${hash(uploadedFile(request))}`] }
    const entries = sentTo(request)
    const images = entries.map(([, url]) => (url.startsWith('data:') ? hash(Buffer.from(url)) : url))
    const holds = (image: number) => images.includes(addressOf(image))
    if (holds(TROUBLE.limited) && this.#once('limited')) return { outcome: 'limited', images }
    if (holds(TROUBLE.refused) && this.#once('refused')) return { outcome: 'refused', images }
    if (holds(TROUBLE.failing) && !this.#once('failing')) return { outcome: 'accepted, reply lost', images }
    for (const [key, url] of entries) if (url === addressOf(TROUBLE.failing)) this.#failing.add(key)
    return { outcome: 'accepted', images }
  }

  /** The first poll of a batch is cut, the second brings half of the results, the later ones all. */
  #poll({ path }: RecordedRequest): Pick<AccessLine, 'outcome'> & { readonly images?: undefined } {
    const polls = (this.#polls.get(path) ?? 0) + 1
    this.#polls.set(path, polls)
    this.#server.finishedKeys = (keys) => (polls === 2 ? keys.slice(0, Math.ceil(keys.length / 2)) : keys)
    return { outcome: polls === 1 ? 'cut' : 'answered' }
  }

  #once(what: string): boolean {
    if (this.#done.has(what)) return false
    this.#done.add(what)
    return true
  }
}

const hash = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex')
