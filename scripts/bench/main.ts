// `npm run bench [-- --only engine,window,start,scale] [--images 50,500,5000]`: all numbers from one run on one machine; compare the
// ratios, not the milliseconds of another day.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { timeEngine, type EngineTimes } from './engine.ts'
import { writeFormulas } from './formulas.ts'
import { benchScale } from './scale.ts'
import { timeClientOverhead, timeStart } from './window.ts'

const GENERATED = 100
const CLIENT_BATCH = 50
const STARTS = 5

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'engine,window,start,scale' },
    /** Sizes of the batches of the part `scale`; the last two are compared. */
    images: { type: 'string', default: '50,500,5000' },
  },
})
const parts = new Set(values.only.split(','))

const samples = fs
  .readdirSync('samples')
  .filter((name) => /\.(png|jpg)$/.test(name))
  .sort()
  .map((name) => path.resolve('samples', name))

const say = (line: string) => process.stdout.write(`${line}\n`)
const engineLine = (name: string, { images, perSecond, p50, p95, coldStart }: EngineTimes) =>
  say(
    `${name.padEnd(22)} ${String(images).padStart(4)} images  ${perSecond.toFixed(1).padStart(6)} images/s  p50 ${p50.toFixed(0).padStart(4)} ms  p95 ${p95.toFixed(0).padStart(4)} ms  first result after ${(coldStart / 1000).toFixed(2)} s`,
  )

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-bench-images-'))
try {
  say(
    `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node ${process.versions.node}\n`,
  )
  const formulas = parts.has('engine') || parts.has('window') ? await writeFormulas(folder, GENERATED) : []
  if (parts.has('engine')) {
    say('Engine, over the wire (decoding and HTTP included)')
    engineLine('  samples', await timeEngine(samples))
    engineLine('  generated formulas', await timeEngine(formulas))
  }
  if (parts.has('window')) {
    const overhead = await timeClientOverhead(formulas.slice(0, CLIENT_BATCH))
    say(`\nWindow\n  last result ready → shown, batch of ${CLIENT_BATCH}: ${overhead.toFixed(0)} ms`)
  }
  if (parts.has('start')) {
    const { app, bare } = await timeStart(STARTS)
    say(
      `\nStart\n  start → can be used: ${app.toFixed(0)} ms; a bare Electron window: ${bare.toFixed(0)} ms; ratio ${(app / bare).toFixed(2)} (medians of ${STARTS})`,
    )
  }
  if (parts.has('scale')) await benchScale(values.images.split(',').map(Number), say)
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}
