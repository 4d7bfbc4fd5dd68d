import { noCopyRunner } from '../direct-runner.ts'
import type { Batch, Item } from '../../../shared/batch.ts'
import { isDone } from '../../../shared/batch-progress.ts'
import type { BatchRequest } from '../../../shared/mathpix.ts'
import { ok } from '../../../shared/result.ts'
import { Settings } from '../../../shared/settings.ts'
import { envelope, send, type Answer } from '../../node/fake-mathpix.ts'
import { unwrap, type ServiceKit } from '../service-kit.ts'
import { eventually, PACE } from '../watch-runs.ts'

/** A batch of two images at a server that counts what it is sent; what the user does to it is for the case. */
export class AgainScene {
  readonly kit: ServiceKit
  /** The keys that are set at the moment. */
  app_id = 'id'
  /** Where the file host can be reached by the server; empty: nowhere. */
  publicBaseUrl = ''
  /** The next wait after a failure throws, as a fault of ours would. */
  isBroken = false
  #id = ''

  constructor(kit: ServiceKit) {
    this.kit = kit
  }

  get id(): string {
    return this.#id
  }

  get batch(): Batch {
    return this.kit.batch(this.#id)
  }

  get items(): readonly Item[] {
    return this.batch.items
  }

  get ids(): string[] {
    return this.items.map(({ id }) => id)
  }

  get first(): string {
    return this.ids[0] ?? ''
  }

  get submission() {
    return this.batch.submissions[0]
  }

  async open(dir?: string): Promise<void> {
    const { kit } = this
    await kit.open({
      runner: noCopyRunner,
      ...(dir === undefined ? {} : { dir }),
      settings: () =>
        Settings.parse({ engine: kit.mathpix, publicBaseUrl: this.publicBaseUrl, imagesPerMinute: null }),
      connect: async () => {
        const connection = unwrap(await kit.connection())
        return ok({ ...connection, credentials: { ...connection.credentials, app_id: this.app_id } })
      },
      random: () => {
        if (!this.isBroken) return 0.5
        this.isBroken = false
        throw new Error('a fault of ours')
      },
    })
  }

  /** Ends the app and starts it again. */
  async restart(dir?: string): Promise<void> {
    await this.kit.service.close()
    await this.open(dir)
  }

  async add(count = 2): Promise<void> {
    this.#id = await this.kit.batchWith(count)
  }

  /** Goes back to another batch of the scene. */
  look(id: string): void {
    this.#id = id
  }

  convert() {
    return this.kit.service.submitBatch(this.#id).then(unwrap)
  }

  readAgain(...ids: string[]) {
    return this.kit.service.retryItems(this.#id, ids.length > 0 ? ids : this.ids).then(unwrap)
  }

  cancel(...ids: string[]) {
    return this.kit.service.cancelItems(this.#id, ids.length > 0 ? ids : this.ids).then(unwrap)
  }

  remove(id: string) {
    return this.kit.service.removeItems(this.#id, [id]).then(unwrap)
  }

  undo(id: string) {
    return this.kit.service.restoreItems(this.#id, [id]).then(unwrap)
  }

  until(isSo: (batch: Batch) => boolean): Promise<Batch> {
    return this.kit.until(this.#id, isSo)
  }

  /** The server accepts the images and reads none of them yet. */
  async accepted(): Promise<void> {
    this.serverReads('nothing')
    await this.open()
    await this.add()
    await this.convert()
    await this.until(({ submissions }) => submissions[0]?.state === 'processing')
  }

  /** The POST is at the server; the reply is held back until it is given, or lost. */
  async sending(): Promise<{ reply: () => void; lose: () => void; refuse: () => void }> {
    let held: Parameters<Answer> | undefined
    const { kit } = this
    kit.server.next.push((...answer) => (held = answer))
    this.serverReads('nothing')
    await this.open()
    await this.add()
    await this.convert()
    await eventually(() => held).toBeDefined()
    const taken = () => {
      if (!held) throw new Error('nothing is on its way')
      return held
    }
    return {
      reply: () => kit.server.answerNormally(...taken()),
      lose: () => taken()[1].destroy(),
      refuse: () => send(taken()[1], envelope('opts_bad_callback')),
    }
  }

  /** Two images in the first POST, which is at the server, and one that waits behind it. */
  async waiting(): Promise<{ reply: () => void }> {
    let held: Parameters<Answer> | undefined
    const { kit } = this
    kit.server.next.push((...answer) => (held = answer))
    await kit.open(PACE)
    await this.add(3)
    await this.convert()
    await eventually(() => held).toBeDefined()
    return { reply: () => held && kit.server.answerNormally(...held) }
  }

  serverReads(what: 'nothing' | 'all' | 'all but the first'): void {
    this.kit.server.finishedKeys = (keys) => (what === 'nothing' ? [] : what === 'all' ? keys : keys.slice(1))
  }

  /** Everything is read at last. */
  async allRead(): Promise<void> {
    this.serverReads('all')
    await this.until((batch) => isDone(batch) && batch.items.every(({ state }) => state === 'completed'))
  }

  /** How many images of a run the user is told may be billed twice. */
  async warned(): Promise<number> {
    return unwrap(await this.kit.service.estimateRun(this.#id, this.ids)).unclear
  }

  resolve(choice: 'look' | 'send_again' | 'give_up') {
    const unclear = this.batch.submissions.find(({ state }) => state === 'unclear')
    return this.kit.service.resolveUnclear(this.#id, unclear?.id ?? '', choice).then(unwrap)
  }

  /** How often the image was sent that was sent most often, whatever it was called. */
  timesSent(): number {
    const counts = new Map<string, number>()
    for (const { json } of this.kit.server.posts()) {
      for (const [key, value] of Object.entries((json as BatchRequest).urls)) {
        const url = typeof value === 'string' ? value : value.url
        // The file host gives each submission addresses of its own.
        const image = url.startsWith('data:') ? url : key
        counts.set(image, (counts.get(image) ?? 0) + 1)
      }
    }
    for (const { body, headers } of this.kit.server.posts('/v3/latex')) {
      const image = fileOf(body, headers['content-type'])
      counts.set(image, (counts.get(image) ?? 0) + 1)
    }
    return Math.max(0, ...counts.values())
  }
}

/** The file in the form of an upload, whose boundary is another one each time. */
function fileOf(body: Buffer, contentType = ''): string {
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? ''
  return body.toString('latin1').replaceAll(boundary, '')
}
