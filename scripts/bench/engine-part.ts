import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { soak, timeBatch, timeColdStart, timeSingles, type Latency } from './engine.ts'
import { startEngineProcess } from './engine-process.ts'
import { writeFormulas } from './formulas.ts'
import { timeTesseract } from './tesseract.ts'

export type EngineCounts = {
  /** Images read one after the other, by the engine and by tesseract.js. */
  readonly singles: number
  /** Images of the batch. */
  readonly images: number
  /** Images that go through one process while its memory is watched; 0 leaves this out. */
  readonly soak: number
}

const STARTS = 3
/** Beside training/data/eval.json, for the model card. */
const REPORT = path.resolve('training/data/bench.json')

/** What is aimed at, each with the number from this run. */
const targets = {
  p50: 60,
  p95: 200,
  perSecond: 25,
  memory: 400,
  coldStart: 1500,
  modelSize: 16,
} as const

/** All numbers of the engine, said line by line and kept in {@link REPORT}. `samples` are the project's own pictures. */
export async function benchEngine(
  samples: readonly string[],
  counts: EngineCounts,
  say: (line: string) => void,
): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-bench-images-'))
  const tell = (name: string, value: string, isMet?: boolean) =>
    say(
      `  ${name.padEnd(44)}${value.padStart(12)}${isMet === undefined ? '' : isMet ? '  ok' : '  over the target'}`,
    )
  const tellLatency = (name: string, { images, p50, p95 }: Latency, isJudged = false) => {
    tell(`${name}, ${images} images, p50`, `${p50.toFixed(0)} ms`, isJudged ? p50 <= targets.p50 : undefined)
    tell(`${name}, ${images} images, p95`, `${p95.toFixed(0)} ms`, isJudged ? p95 <= targets.p95 : undefined)
  }
  try {
    const formulas = await writeFormulas(folder, Math.max(counts.singles, counts.images))
    const singles = formulas.slice(0, counts.singles)
    say('Engine: one warm process, over the wire (HTTP, decoding and cropping included)')
    const coldStart = await timeColdStart(singles[0] ?? '', STARTS)
    tell('process started → first result', `${coldStart.toFixed(0)} ms`, coldStart <= targets.coldStart)
    const engine = await startEngineProcess()
    try {
      const single = await timeSingles(engine, singles)
      tellLatency('single formulas', single, true)
      const sample = await timeSingles(engine, samples)
      tellLatency('samples (photographs among them)', sample)
      const letters = await timeTesseract(singles)
      tellLatency('tesseract.js, the same formulas', letters)
      const batch = formulas.slice(0, counts.images)
      const perSecond = await timeBatch(engine, batch)
      tell(`one batch of ${batch.length}`, `${perSecond.toFixed(1)}/s`, perSecond >= targets.perSecond)
      const through = await soak(engine, [...formulas, ...samples], counts.soak, (done, { now, most }) =>
        tell(`memory after ${done} more images (most so far)`, `${now.toFixed(0)} (${most.toFixed(0)}) MB`),
      )
      tell('most memory of the process', `${through.most.toFixed(0)} MB`, through.most <= targets.memory)
      const modelSize = measureFolder('engine/model', /\.(onnx|json)$/)
      tell('model files', `${modelSize.toFixed(1)} MB`, modelSize <= targets.modelSize)
      const report = {
        machine: `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, Node ${process.versions.node}`,
        coldStart,
        single,
        samples: sample,
        tesseract: letters,
        batch: { images: batch.length, perSecond },
        memory: through,
        modelSize,
        targets,
      }
      fs.mkdirSync(path.dirname(REPORT), { recursive: true })
      fs.writeFileSync(REPORT, JSON.stringify(report, undefined, 1))
    } finally {
      await engine.stop()
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** In MB (10⁶ bytes). */
function measureFolder(folder: string, wanted: RegExp): number {
  const names = fs.readdirSync(folder).filter((name) => wanted.test(name))
  return names.reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0) / 1e6
}
