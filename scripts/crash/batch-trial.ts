import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { brokenPromises, readPromises } from './promises.ts'
import { TroubledMathpix, TROUBLE, addressOf } from './troubled-mathpix.ts'
import { run, type Ended, type KillPoint } from './run-killed.ts'

const Facts = z.record(z.string(), z.unknown())
const Found = z.object({
  found: z.array(Facts),
  left: z.array(Facts),
  notices: z.array(z.string()),
})

/** What became of a batch whose program was killed at one point and started again. */
export type Verdict = {
  readonly point: string
  readonly lostItems: readonly string[]
  readonly lostEdits: readonly string[]
  readonly secondPosts: readonly string[]
  readonly hasEnded: boolean
  /** What went wrong besides. */
  readonly problems: readonly string[]
}

export type TrialDeps = {
  readonly folder: string
  readonly images: readonly string[]
  /** Built programs. */
  readonly hook: string
  readonly service: string
}

const NEVER: KillPoint = { number: 0 }

/** Runs the user's story once to count its points, then once for each point to kill it there. */
export function createBatchTrial({ folder, images, hook, service }: TrialDeps) {
  let count = 0

  async function inFreshFolder<T>(use: (root: string, server: TroubledMathpix) => Promise<T>): Promise<T> {
    count += 1
    const root = path.join(folder, `run-${String(count)}`)
    const server = await TroubledMathpix.start()
    fs.mkdirSync(root)
    fs.writeFileSync(`${root}.promises`, '')
    try {
      return await use(root, server)
    } finally {
      await server.stop()
      fs.rmSync(root, { recursive: true, force: true })
      fs.rmSync(`${root}.promises`, { force: true })
    }
  }

  const start = (phase: 'play' | 'recover', root: string, server: TroubledMathpix, at?: KillPoint) =>
    run({
      ...(at === undefined ? {} : { hook, at }),
      file: service,
      args: [phase, path.join(root, 'batches'), server.origin, `${root}.promises`, ...images],
      root,
    })

  return {
    /** The names of all points. Rejects when the story itself does not run as it should. */
    record: () =>
      inFreshFolder(async (root, server) => {
        const played = await start('play', root, server, NEVER)
        if (played.code !== 0) throw new Error(`the story did not come to its end:\n${played.stderr}`)
        checkTrouble(server)
        const verdict = judge('the end', root, server, await start('recover', root, server))
        const { lostItems, lostEdits, secondPosts, problems, hasEnded } = verdict
        const broken = [...lostItems, ...lostEdits, ...secondPosts, ...problems]
        if (broken.length > 0 || !hasEnded)
          throw new Error(`without any kill: ${broken.join(', ') || 'the batch did not end'}`)
        return played.points
      }),

    killAt: (at: KillPoint): Promise<Verdict | undefined> =>
      inFreshFolder(async (root, server) => {
        const killed = await start('play', root, server, at)
        if (killed.killedAt === undefined) {
          checkEnd(killed)
          return undefined
        }
        return judge(killed.killedAt, root, server, await start('recover', root, server))
      }),

    /** The names of the points that the next start passes after a kill. */
    recordRecovery: (at: KillPoint) =>
      inFreshFolder(async (root, server) => {
        await start('play', root, server, at)
        return (await start('recover', root, server, NEVER)).points
      }),

    /** Kills the next start as well, and judges by the one after it. */
    killTwice: (at: KillPoint, again: KillPoint): Promise<Verdict | undefined> =>
      inFreshFolder(async (root, server) => {
        const first = await start('play', root, server, at)
        if (first.killedAt === undefined) {
          checkEnd(first)
          return undefined
        }
        const second = await start('recover', root, server, again)
        if (second.killedAt === undefined) {
          checkEnd(second)
          return undefined
        }
        const point = `${first.killedAt}, then ${second.killedAt}`
        return judge(point, root, server, await start('recover', root, server))
      }),
  }
}

/** A run that ended before its point (the order of two things at once may differ) proves nothing. One that failed is a fault. */
function checkEnd({ code, signal, stderr, points }: Ended): void {
  if (code !== 0)
    throw new Error(
      `a run failed by itself (${signal ?? String(code)}) after “${points.at(-1) ?? 'no point'}”: ${lastOf(stderr)}`,
    )
}

/** The story must have met everything that it is to survive. */
function checkTrouble(server: TroubledMathpix): void {
  const outcomes = new Set(server.log.map(({ outcome }) => outcome))
  for (const wanted of ['limited', 'refused', 'accepted', 'accepted, reply lost', 'cut'] as const)
    if (!outcomes.has(wanted)) throw new Error(`the story has met no request that was ${wanted}`)
  if (server.log.filter(({ path: target }) => target.startsWith('/v3/latex')).length === 0)
    throw new Error('the image refused as a data URI was not uploaded')
  const parts = server.log.filter(({ path: target, images }) => target === '/v3/batch' && images.length > 1)
  const first = new Set(parts.map(({ images }) => images[0]))
  if (first.size < 3)
    throw new Error(
      `the batch was sent in ${String(first.size)} parts; it needs three (see splitSubmissions)`,
    )
}

function judge(point: string, root: string, server: TroubledMathpix, ended: Ended): Verdict {
  const promises = readPromises(`${root}.promises`)
  const failing = addressOf(TROUBLE.failing)
  const secondPosts = [...server.accepted()]
    .filter(([image, times]) => times > 1 + (image === failing ? (promises.retried.get(image) ?? 0) : 0))
    .map(([image]) => image)
  const parsed = ended.code === 0 ? Found.safeParse(parse(ended.stdout)) : undefined
  if (!parsed?.success) {
    const problems = [
      `the next start failed (code ${String(ended.code)}): ${lastOf(ended.stderr)} ${ended.stdout.slice(0, 200)}`,
    ]
    return { point, lostItems: [], lostEdits: [], secondPosts, hasEnded: false, problems }
  }
  const { found, left } = parsed.data
  // A kill before the batch was promised may leave none.
  const wasPromised = promises.allowed.has('batch')
  const broken = new Set([
    ...(wasPromised || found.length > 0 ? brokenPromises(promises, found[0] ?? {}) : []),
    ...(wasPromised || left.length > 0 ? brokenPromises(promises, left[0] ?? {}) : []),
  ])
  const isItem = (name: string) => /^(item|batch$|result)/.test(name)
  return {
    point,
    lostItems: [...broken].filter(isItem),
    lostEdits: [...broken].filter((name) => !isItem(name)),
    secondPosts,
    hasEnded: left.every(({ hasEnded }) => hasEnded === true),
    problems: found.length > 1 ? ['there is more than one batch'] : [],
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const lastOf = (text: string) => text.trim().split('\n').slice(-6).join('\n    ') || 'no message'
