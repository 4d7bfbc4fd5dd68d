import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installPackages } from './install-packages.ts'
import { runGenerator, runPython, waitFor } from './processes.ts'

/**
 * `npm run train`: generates images in one process and trains in another until interrupted (Ctrl+C saves a checkpoint). Goes on
 * from `runs/<run>/last.pt`, or else from the released weights. With `--minutes` the rate falls to zero by then and the run ends;
 * `--data DIR` mixes in the formulas of a folder that people wrote (without it the grammar draws all of them);
 * `--trainers 2` trains on two cores, averaging the weights; `--export` then teaches them which side of a picture is up (`side.py`)
 * and writes them to `engine/model`.
 */
const { values } = parseArgs({
  options: {
    run: { type: 'string', default: 'main' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 1_000_000) },
    trainers: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    rate: { type: 'string' },
    seen: { type: 'string' },
    small: { type: 'string' },
    threads: { type: 'string', default: '1' },
    data: { type: 'string' },
    export: { type: 'boolean', default: false },
  },
})

const here = import.meta.dirname

installPackages()
mkdirSync(path.join(here, 'runs'), { recursive: true })
const generate = (seed: number, rest: readonly string[]) =>
  runGenerator('make-shards.ts', ['--seed', String(seed), ...rest])
if (!existsSync(path.join(here, 'data/held-out'))) {
  await waitFor(
    generate(999, ['--held-out', '--size', '400', '--only', '1', '--medium', '1', '--out', 'data/held-out']),
  )
}
if (values.data === undefined)
  console.error('Without --data DIR: every formula is drawn by the grammar, none that people wrote.')
const data = values.data === undefined ? [] : ['--data', path.resolve(values.data)]
let isStopping = false
const generators = new Set<ChildProcess>()

/** One generator after another: the rasteriser never gives all its memory back, a process that ends does. */
async function keepGenerating(out: string, seed: number): Promise<void> {
  for (let round = 0; !isStopping; round += 1) {
    const generator = generate(seed + round, ['--only', '12', '--ahead', '10', '--out', out, ...data])
    generators.add(generator)
    await waitFor(generator)
    generators.delete(generator)
  }
}

const runs = Array.from({ length: Number(values.trainers) }, (_, at) =>
  at === 0 ? `runs/${values.run}` : `runs/${values.run}-${at + 1}`,
)
const released = path.join(here, '../engine/model')
const trainers = runs.map((run, at) => {
  const shards = at === 0 ? 'data/shards' : `data/shards-${at + 1}`
  void keepGenerating(shards, Number(values.seed) + at * 1000)
  return runPython('train.py', [
    '--run',
    run,
    '--shards',
    shards,
    '--threads',
    values.threads,
    ...(existsSync(path.join(released, 'encoder.onnx')) ? ['--weights', released] : []),
    ...(values.minutes === undefined ? [] : ['--minutes', values.minutes]),
    ...(values.rate === undefined ? [] : ['--rate', values.rate]),
    ...(values.seen === undefined ? [] : ['--seen', values.seen]),
    ...(values.small === undefined ? [] : ['--small', values.small]),
    // One of them measures for all.
    ...(at === 0 ? [] : ['--held-out', 'none']),
    '--partners',
    ...runs.filter((other) => other !== run),
  ])
})
process.on('SIGINT', () => {
  for (const trainer of trainers) trainer.kill('SIGTERM')
})
// The others go on without one that broke.
trainers.forEach((trainer, at) =>
  trainer.on('exit', (code) => {
    if (code !== 0) console.error(`The trainer of ${runs[at] ?? ''} ended with code ${String(code)}.`)
  }),
)
const codes = await Promise.all(trainers.map((trainer) => waitFor(trainer)))
isStopping = true
for (const generator of generators) generator.kill('SIGKILL')
const code = codes.find((one) => one !== 0) ?? 0
if (code === 0 && values.export) {
  const weights = ['--weights', `runs/${values.run}/average.pt`]
  if (!existsSync(path.join(here, 'data/turned')))
    await waitFor(generate(777, ['--turned', '--only', '6', '--out', 'data/turned']))
  await waitFor(runPython('side.py', weights))
  await waitFor(runPython('export.py', weights))
}
process.exitCode = code
