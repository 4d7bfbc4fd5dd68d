import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installPackages } from './install-packages.ts'
import { runGenerator, runPython, waitFor } from './processes.ts'

/**
 * `npm run train-spotter -- --data DIR`: draws formulas that people wrote, in print and in real hands, and trains the spotter on them, from
 * `runs/<run>/last.pt` or else from the released weights; writes `runs/<run>/spotter.onnx` at the end. Ctrl+C saves a
 * checkpoint. DIR holds `formulas.tsv.xz` and `symbols.jsonl.xz`; without them the spotter cannot be trained.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    run: { type: 'string', default: 'spotter' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 1_000_000) },
    minutes: { type: 'string', default: '60' },
  },
})
if (values.data === undefined)
  throw new Error(
    '--data names the folder with formulas.tsv.xz and symbols.jsonl.xz; without it there is nothing to train on.',
  )
const data = ['--data', path.resolve(values.data)]
installPackages()
mkdirSync(path.join(import.meta.dirname, 'runs'), { recursive: true })
const generate = (seed: number, rest: readonly string[]) =>
  runGenerator('make-sign-shards.ts', [...data, '--seed', String(seed), ...rest])
if (!existsSync(path.join(import.meta.dirname, 'data/sign-held-out')))
  await waitFor(generate(999, ['--held-out', '--size', '500', '--only', '1', '--out', 'data/sign-held-out']))

let isStopping = false
let generator: ReturnType<typeof generate> | undefined
/** One generator after another: the rasteriser never gives all its memory back, a process that ends does. */
async function keepGenerating(): Promise<void> {
  for (let round = 0; !isStopping; round += 1) {
    generator = generate(Number(values.seed) + round, ['--only', '12', '--ahead', '10'])
    await waitFor(generator)
  }
}

void keepGenerating()
const run = `runs/${values.run}`
const trainer = runPython('train_spotter.py', ['--run', run, '--minutes', values.minutes])
process.on('SIGINT', () => trainer.kill('SIGTERM'))
const code = await waitFor(trainer)
isStopping = true
generator?.kill('SIGKILL')
if (code === 0)
  await waitFor(runPython('export_spotter.py', ['--weights', `${run}/average.pt`, '--out', run]))
process.exitCode = code
