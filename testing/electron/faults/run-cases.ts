import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../../shared/batch.ts'
import { applyChange } from '../../../shared/batch-changes.ts'
import { isDone } from '../../../shared/batch-progress.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ok } from '../../../shared/result.ts'
import { apiFetch } from '../../../electron/mathpix/api-fetch.ts'
import { sleep } from '../../../electron/sleep.ts'
import { FaultServer } from '../fault-server.ts'
import { ServiceKit, unwrap } from '../service-kit.ts'
import { sentence, wordsOf, type FaultCase, type Scene } from './fault-case.ts'
import { noCopyRunner } from '../direct-runner.ts'
import { noisePng, TOO_LARGE } from '../noise-png.ts'

/** Stands for "the address of the fault server" in a batch, whatever the scene says it is; what is learnt of it ends with its case. */
const FAULTY = 'https://faulty.example'
let servers = 0

/**
 * Runs the cases one after the other in one service, beside a batch that is being read by a healthy server all the
 * time and one that is finished and edited. Neither of them may notice.
 */
export function testFaults(title: string, cases: readonly FaultCase[]): void {
  describe(title, () => {
    let kit: ServiceKit
    let server: FaultServer
    let scene: Scene
    /** Milliseconds of waits that were cut short, in all cases: no clock but a wrong one goes back. */
    let skipped = 0
    let running: string
    let finished: Batch
    let releasePoll: (() => void) | undefined
    let current: string | undefined
    const notices: string[] = []
    /** The two other batches as they were on disk before the first case. */
    let untouched: readonly Batch[] = []

    beforeAll(async () => {
      kit = await ServiceKit.start()
      server = await FaultServer.start()
      scene = newScene(server)
      await kit.open({
        runner: noCopyRunner,
        now: () => Date.now() + scene.clockError + skipped,
        elapsed: () => performance.now() + skipped,
        sleep: (ms, signal) => {
          scene.waits.push(ms)
          skipped += ms
          if (current !== undefined) notices.push(...noticesIn(kit.batch(current)))
          scene.onWait?.(scene.waits.reduce((sum, wait) => sum + wait, 0))
          return sleep(Math.min(ms, 2), signal)
        },
        connect: (engine) => {
          const isFaulty = engine.kind === 'local' || engine.baseUrl.startsWith(FAULTY)
          return isFaulty ? connectFaulty() : connectHealthy()
        },
      })
      const done = await kit.batchWith(1)
      unwrap(await kit.service.submitBatch(done))
      await kit.until(done, isDone)
      unwrap(await kit.service.editItem(done, kit.batch(done).items[0]?.id ?? '', 'e=mc^2'))
      finished = kit.batch(done)
      await startBeside()
    })

    /** Begins a batch at the healthy server, which is read for as long as its poll is not released. */
    async function startBeside(): Promise<void> {
      releasePoll = undefined
      running = await kit.batchWith(1)
      kit.server.next.push(
        (taken, response) => kit.server.answerNormally(taken, response),
        (taken, response) => (releasePoll = () => kit.server.answerNormally(taken, response)),
      )
      unwrap(await kit.service.submitBatch(running))
      await kit.until(running, () => releasePoll !== undefined)
      kit.changes.length = 0
      untouched = await Promise.all(
        [finished.id, running].map(async (id) => unwrap(await kit.service.openBatch(id))),
      )
    }

    afterAll(async () => {
      await kit.stop()
      server.stop()
    })

    const connectFaulty = () =>
      Promise.resolve(
        ok({
          fetch: scene.fetch,
          baseUrl: scene.baseUrl,
          credentials: { app_id: 'id', app_key: 'secret-key' },
          ...(scene.timeouts ? { timeouts: scene.timeouts } : {}),
        }),
      )

    const connectHealthy = async () => {
      return ok({ ...unwrap(await kit.connection()), timeouts: { get: 600_000 } })
    }

    async function batchFor(fault: FaultCase): Promise<string> {
      const { id } = unwrap(await kit.service.createBatch())
      unwrap(
        await kit.service.setBatchEngine(
          id,
          fault.engine === 'local'
            ? { kind: 'local' }
            : { kind: 'mathpix', baseUrl: `${FAULTY}/${(servers += 1)}` },
        ),
      )
      if (fault.images === 'by_address') {
        const urls = ['a', 'b'].map((name) => `${kit.server.origin}/${name}.png`)
        unwrap(await kit.service.addUrls(id, urls))
        return id
      }
      const pictures = fault.at === 'upload' ? [noisePng(TOO_LARGE)] : [noisePng(8), noisePng(9)]
      const sources = pictures.map((bytes, index) => ({
        kind: 'bytes' as const,
        name: `${index}.png`,
        bytes,
      }))
      unwrap(await kit.service.addSources(id, sources))
      await kit.service.whenPrepared(id)
      return id
    }

    /** What was shown of the two other batches that differs from how they were. */
    const changesElsewhere = () =>
      kit.changes.filter((change) => {
        const before = untouched.find(({ id }) => id === change.head.id)
        return before !== undefined && !isDeepStrictEqual(applyChange(before, change), before)
      })

    it.each(cases)('$at: $name', async (fault) => {
      await server.reset()
      const id = await batchFor(fault)
      scene = newScene(server)
      await fault.arrange(scene)
      notices.length = 0
      current = id
      unwrap(await kit.service.submitBatch(id))
      const batch = await kit.until(id, isAtRest)
      expect(endOf(batch)).toEqual(expectedEnd(fault))
      const seen = [...notices, ...wordsIn(batch)]
      expect([...new Set(seen)]).toEqual(wordsOf(fault.ends))
      expect(server.count(fault.at === 'upload' ? 'upload' : 'send')).toBe(fault.sends)
      if (fault.at !== 'upload') expect(server.count('upload')).toBe(fault.uploads ?? 0)
      fault.check?.(scene, batch)
      expect(changesElsewhere()).toEqual([])
      current = undefined
      for (const cleanUp of scene.cleanUp) cleanUp()
      unwrap(await kit.service.deleteBatch(id))
    })

    it('leaves a finished batch and one that is running elsewhere alone', async () => {
      expect(changesElsewhere()).toEqual([])
      expect(kit.batch(finished.id)).toEqual(finished)
      expect(kit.batch(running).submissions).toMatchObject([{ state: 'processing' }])
      expect(kit.batch(running).submissions[0]?.waiting).toBeUndefined()
      releasePoll?.()
      const batch = await kit.until(running, isDone)
      expect(batch.items.map(({ state }) => state)).toEqual(['completed'])
      expect(kit.server.posts()).toHaveLength(2)
      expect(kit.notices).toEqual([])
      // Cases may come after this one.
      await startBeside()
    })
  })
}

function newScene(server: FaultServer): Scene {
  return {
    server,
    baseUrl: server.origin,
    timeouts: undefined,
    fetch: apiFetch,
    clockError: 0,
    onWait: undefined,
    waits: [],
    cleanUp: [],
  }
}

/** Nothing moves any more without the user. */
function isAtRest(batch: Batch): boolean {
  return batch.submissions.every(({ state }) => state !== 'submitting' && state !== 'processing')
}

function endOf({ items, submissions }: Batch) {
  return { submission: submissions.at(-1)?.state, items: items.map(({ state }) => state).sort() }
}

function expectedEnd({ at, ends }: FaultCase): ReturnType<typeof endOf> {
  const all = (state: Batch['items'][number]['state']) => (at === 'upload' ? [state] : [state, state])
  switch (ends.kind) {
    case 'unnoticed':
    case 'goes_on':
      return { submission: 'completed', items: all('completed') }
    case 'comes_back':
      return { submission: 'failed', items: all('ready') }
    case 'unclear':
      return at === 'upload'
        ? { submission: 'completed', items: all('error') }
        : { submission: 'unclear', items: all('pending') }
    case 'image_fails':
      return {
        submission: 'completed',
        items: at === 'upload' || ends.isAll ? all('error') : ['completed', 'error'],
      }
    case 'batch_fails':
      return { submission: 'failed', items: all('error') }
  }
}

/** Why the batch waited, as the banner says it. */
function noticesIn({ submissions }: Batch): string[] {
  return submissions.flatMap(({ state, waiting }) =>
    waiting && (state === 'processing' || waiting.until !== undefined) ? [waiting.reason] : [],
  )
}

/** What the banners and the cards of the images say. */
function wordsIn({ items, submissions }: Batch): string[] {
  const errors = [
    ...submissions.flatMap(({ error }) => error ?? []),
    ...items.flatMap(({ error }) => error ?? []),
  ]
  return errors.map(wordsOfError)
}

function wordsOfError(error: AppError): string {
  return sentence(describeError(error), error.kind === 'unclear_post' ? error.message : '')
}
