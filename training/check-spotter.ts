import { readFileSync } from 'node:fs'
import path from 'node:path'
import { measureOverlap } from '../engine/recognise/spot/choose-signs.ts'
import { loadSpotter } from '../engine/recognise/spot/spotter.ts'
import { findLargest, type SignBox } from '../engine/recognise/spot/spotted-sign.ts'

/** Compares the signs that the exported spotter finds in a picture with those that torch finds in it (`parity.json`, written by export_spotter.py). */
type Probe = { width: number; height: number; image: number[]; boxes: number[][]; tokens: number[] }

const folder = path.resolve(process.argv[2] ?? 'runs/spotter')
const probe = JSON.parse(readFileSync(path.join(folder, 'parity.json'), 'utf8')) as Probe
const spotter = await loadSpotter(folder)
const canvas = { data: Uint8Array.from(probe.image), width: probe.width, height: probe.height }
await spotter.spot(canvas)
const start = performance.now()
const signs = await spotter.spot(canvas)
const spent = performance.now() - start
const lost = signs.filter(({ box, names }) => {
  const token = findLargest(names)
  return !probe.boxes.some(
    ([left = 0, top = 0, right = 0, bottom = 0], at) =>
      probe.tokens[at] === token && measureOverlap(box, [left, top, right, bottom] satisfies SignBox) > 0.7,
  )
})
console.log(signs.map(({ names }) => spotter.vocabulary[findLargest(names)] ?? '?').join(' '))
console.log(
  `${String(signs.length)} signs in ${spent.toFixed(1)} ms; ${String(lost.length)} of them unknown to torch`,
)
if (lost.length > 0) process.exitCode = 1
