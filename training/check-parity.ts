import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createEmptyPast, loadModel } from '../engine/recognise/model.ts'

/** Compares the exported model with what torch computed for the same picture (`data/parity.json`, written by export.py). */
type Probe = { image: number[]; tokens: number[]; expected: number[] }

const folder = path.resolve(process.argv[2] ?? '../engine/model')
const probe = JSON.parse(readFileSync(path.join(import.meta.dirname, 'data/parity.json'), 'utf8')) as Probe
const model = await loadModel(folder)
const data = Uint8Array.from(probe.image, (value) => Math.round(value * 255))
const memory = await model.encode({ data, width: 160, height: 64 })
let past = createEmptyPast()
let got = new Float32Array()
for (const [position, token] of probe.tokens.entries()) {
  const step = await model.step([token], position, past, memory.cells)
  past = step.grown
  got = new Float32Array(step.logProbabilities)
}
const difference = Math.max(...probe.expected.map((value, at) => Math.abs(value - (got[at] ?? 0))))
console.log(`largest difference of log-probabilities: ${difference.toFixed(4)}`)
// Eight bits round a little differently here and there.
if (difference > 0.25) process.exitCode = 1
