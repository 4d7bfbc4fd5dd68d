// `npm run test:crash`: kills the app's batch service at every disk write and every step of every request, starts it again, and counts
// what was lost. The points are not listed anywhere: one run counts them. `--quick` takes an even choice of them.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { bundle } from './bundle.ts'
import { noisePng } from '../../testing/electron/noise-png.ts'
import { createBatchTrial, type Verdict } from './batch-trial.ts'

const QUICK_POINTS = 60
const RECOVERY_POINTS = 24
const QUICK_RECOVERY_POINTS = 8
/** Fewer prove nothing: the story has more. */
const MIN_POINTS = 40
const HALF_LINE = /^half of write .*journal/
const SENT_POST = /^sent request POST .*batch/
const isQuick = process.argv.includes('--quick')
const say = (line: string) => process.stdout.write(`${line}\n`)

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-crash-'))
try {
  process.exitCode = await main()
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

async function main(): Promise<number> {
  const started = Date.now()
  const programs = await bundle({
    hook: 'scripts/crash/kill-points.ts',
    service: 'testing/electron/crash-scenario.ts',
  })
  const trial = createBatchTrial({ folder, images: writeImages(), ...programs })
  const points = await trial.record()
  say(`${String(points.length)} points in one run of a batch of three parts`)
  const once = spread(points.length, isQuick ? QUICK_POINTS : points.length)
  const verdicts = await inParallel(once, (number) => trial.killAt({ number }))

  // The start after a kill writes too. It is killed in turn where it has most to do: after half a line, and after a lost reply.
  const halfLines = points.filter((name) => HALF_LINE.test(name)).length
  for (const first of [
    { only: HALF_LINE, number: halfLines - 2 },
    { only: SENT_POST, number: 1 },
  ]) {
    const next = (await trial.recordRecovery(first)).slice(0, RECOVERY_POINTS)
    const twice = spread(next.length, isQuick ? QUICK_RECOVERY_POINTS : next.length)
    verdicts.push(...(await inParallel(twice, (number) => trial.killTwice(first, { number }))))
  }
  return report(verdicts, Date.now() - started)
}

function report(all: readonly (Verdict | undefined)[], ms: number): number {
  const verdicts = all.filter((verdict) => verdict !== undefined)
  const sum = (count: (verdict: Verdict) => number) => verdicts.reduce((total, one) => total + count(one), 0)
  const bad = verdicts.filter((verdict) => !isGood(verdict))
  for (const { point, lostItems, lostEdits, secondPosts, hasEnded, problems } of bad) {
    say(`killed at “${point}”:`)
    if (lostItems.length > 0) say(`  lost: ${listOf(lostItems)}`)
    if (lostEdits.length > 0) say(`  not as promised: ${listOf(lostEdits)}`)
    if (secondPosts.length > 0) say(`  sent twice: ${listOf(secondPosts)}`)
    if (!hasEnded) say('  the batch did not end')
    for (const problem of problems) say(`  ${problem}`)
  }
  const ended = verdicts.filter(({ hasEnded }) => hasEnded).length
  const items = sum(({ lostItems }) => lostItems.length)
  const edits = sum(({ lostEdits }) => lostEdits.length)
  const posts = sum(({ secondPosts }) => secondPosts.length)
  const isProven = verdicts.length >= MIN_POINTS && bad.length === 0
  if (verdicts.length < MIN_POINTS) say('too few points: nothing is proven')
  const file = process.argv.find((argument) => argument.startsWith('--report='))?.slice('--report='.length)
  if (file !== undefined)
    fs.writeFileSync(
      file,
      JSON.stringify({
        points: verdicts.length,
        good: verdicts.length - bad.length,
        names: bad.map(({ point }) => point),
      }),
    )
  say(`${(ms / 1000).toFixed(0)} s`)
  say(
    `crash: ${String(verdicts.length)} points, ${String(items)} items lost, ${String(edits)} edits lost, ${String(posts)} second POSTs, ${String(ended)} of ${String(verdicts.length)} batches ended`,
  )
  return isProven ? 0 : 1
}

function isGood({ lostItems, lostEdits, secondPosts, hasEnded, problems }: Verdict): boolean {
  return lostItems.length + lostEdits.length + secondPosts.length + problems.length === 0 && hasEnded
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${String(names.length - 5)} more` : ''}`
}

/** Numbers from 1 to `all`, `count` of them, evenly spread. */
function spread(all: number, count: number): number[] {
  const step = Math.max(1, all / count)
  return Array.from({ length: Math.min(all, count) }, (_, index) => 1 + Math.floor(index * step))
}

async function inParallel<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = [...values]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await work(next))
  }
  await Promise.all(Array.from({ length: Math.max(2, os.availableParallelism()) }, lane))
  return results
}

/** The first one is pasted; one is no picture; one is too large for a body and goes as a smaller copy. */
function writeImages(): string[] {
  const files = {
    'pasted.png': noisePng(8),
    'a.png': noisePng(9),
    'broken.png': Buffer.from('this is no picture'),
    'b.png': noisePng(10),
    'large.png': noisePng(730),
  }
  return Object.entries(files).map(([name, bytes]) => {
    const file = path.join(folder, name)
    fs.writeFileSync(file, bytes)
    return file
  })
}
