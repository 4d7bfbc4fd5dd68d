// `npm run bench [-- --only engine,window,start,scale] [--sizes 50,500,5000]`: all numbers from one run on one machine; compare the
// ratios, not the milliseconds of another day.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchEngine } from './engine-part.ts'
import { writeFormulas } from './formulas.ts'
import { benchScale } from './scale.ts'
import { timeClientOverhead, timeStart } from './window.ts'

const CLIENT_BATCH = 50
const STARTS = 5

const { values } = parseArgs({
  options: {
    /** Parts to run, with commas between them: engine, window, start, scale. All without it. */
    only: { type: 'string' },
    singles: { type: 'string', default: '200' },
    images: { type: 'string', default: '500' },
    soak: { type: 'string', default: '5000' },
    /** Sizes of the batches of the part `scale`; the last two are compared. */
    sizes: { type: 'string', default: '50,500,5000' },
  },
})
const isWanted = (part: string) => values.only === undefined || values.only.split(',').includes(part)

const samples = fs
  .readdirSync('samples')
  .filter((name) => /\.(png|jpg)$/.test(name))
  .sort()
  .map((name) => path.resolve('samples', name))

const say = (line: string) => process.stdout.write(`${line}\n`)

say(
  `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.versions.node}\n`,
)
if (isWanted('engine')) {
  const counts = {
    singles: Number(values.singles),
    images: Number(values.images),
    soak: Number(values.soak),
  }
  await benchEngine(samples, counts, say)
}
if (isWanted('window')) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-bench-images-'))
  try {
    const overhead = await timeClientOverhead(await writeFormulas(folder, CLIENT_BATCH))
    say(`\nWindow`)
    say(`  last result ready → shown, batch of ${CLIENT_BATCH}: ${overhead.toFixed(0)} ms`)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
if (isWanted('start')) {
  const { app, bare } = await timeStart(STARTS)
  say(
    `  start → can be used: ${app.toFixed(0)} ms; a bare Electron window: ${bare.toFixed(0)} ms; ratio ${(app / bare).toFixed(2)} (medians of ${STARTS})`,
  )
}
if (isWanted('scale')) await benchScale(values.sizes.split(',').map(Number), say)
