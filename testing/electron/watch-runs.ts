import { expect } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import { noisePng, TOO_LARGE } from './noise-png.ts'
import { unwrap, type ServiceKit } from './service-kit.ts'

/** Two images in a POST. */
export const PACE = { imagesPerMinute: 4 }

/** Also on a machine where a sync of the disk takes a second. */
export function eventually<T>(read: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(read, { timeout: 15_000 })
}

/** What tests of runs ask and do again and again, of the kit of the moment. */
export function watchRuns(kitNow: () => ServiceKit) {
  const itemsOf = (id: string) => kitNow().batch(id).items
  const posts = (path?: string) => kitNow().server.posts(path)
  const keysSent = () => posts().map(({ json }) => Object.keys((json as BatchRequest).urls))

  /** A batch of three POSTs (2, 2 and 1 images), the first of which the server has not answered; `answer` lets it. */
  async function withFirstPostOpen(): Promise<{ id: string; answer: () => void }> {
    const kit = kitNow()
    let answer: (() => void) | undefined
    kit.server.next.push((request, response) => {
      answer = () => kit.server.answerNormally(request, response)
    })
    await kit.open(PACE)
    const id = await kit.batchWith(5)
    unwrap(await kit.service.submitBatch(id))
    await eventually(() => answer).toBeDefined()
    return { id, answer: () => answer?.() }
  }

  /** Puts one POST through beside the batch: whatever could have been sent before it has been. */
  async function sendAnother(): Promise<void> {
    const kit = kitNow()
    const other = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(other))
    await kit.until(other, isDone)
  }

  /** A batch of pictures too large for the body of a batch. */
  async function withUploads(count: number): Promise<string> {
    const kit = kitNow()
    const { id } = unwrap(await kit.service.createBatch())
    const sources = Array.from({ length: count }, (_, index) => ({
      kind: 'bytes' as const,
      name: `${String(index)}.png`,
      bytes: noisePng(TOO_LARGE + index),
    }))
    unwrap(await kit.service.addSources(id, sources))
    await kit.service.whenPrepared(id)
    return id
  }

  return {
    itemsOf,
    states: (id: string) => itemsOf(id).map(({ state }) => state),
    submissionStates: (id: string) =>
      kitNow()
        .batch(id)
        .submissions.map(({ state }) => state),
    keysSent,
    sentToday: async () => (await kitNow().service.getUsage(kitNow().mathpix)).today.images,
    /** How often the image was sent that was sent most often. */
    timesSent: () => {
      const counts = new Map<string, number>()
      for (const key of keysSent().flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
      return Math.max(0, ...counts.values())
    },
    uploads: () => posts('/v3/latex').length + posts('/v3/text').length,
    withFirstPostOpen,
    sendAnother,
    withUploads,
  }
}
