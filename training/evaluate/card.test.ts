import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fillCard, writeCard } from './card.ts'
import { openPictureFolder, writeGallery } from './gallery.ts'
import { hashWeights, type Report, type ReportedOutcome, type Summary } from './report.ts'

// Compressing a sheet takes a second or two.
vi.setConfig({ testTimeout: 120_000 })

const card = path.resolve(import.meta.dirname, '../../engine/model/README.md')
const summary: Summary = {
  images: 8,
  renderedMatch: 0.75,
  interval: [0.41, 0.93],
  exactMatch: 0.5,
  tokenEditDistance: 0.1,
  katexParses: 1,
  printHandRight: 1,
}
const outcome = (changes: Partial<ReportedOutcome>): ReportedOutcome => ({
  name: '0 math',
  set: 'math',
  wanted: 'x^{2}',
  got: 'x^{2}',
  isSameRender: true,
  confidence: 0.97,
  ...changes,
})

let folder: string
let model: string
let json: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'formulift-card-'))
  model = path.join(folder, 'model')
  json = path.join(folder, 'data/eval.json')
  mkdirSync(model)
  mkdirSync(path.dirname(json))
  for (const name of ['encoder.onnx', 'decoder.onnx', 'vocabulary.json'])
    writeFileSync(path.join(model, name), name)
  writeFileSync(path.join(model, 'README.md'), readFileSync(card))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function writeReport(changes: Partial<Report> = {}): void {
  const report: Report = {
    weights: hashWeights(model),
    seed: '20260',
    heldOut: summary,
    sets: { math: summary, samples: summary },
    categories: { equation: summary },
    lines: { '1 line': summary },
    latency: { p50: 44, p95: 294 },
    outcomes: [
      outcome({}),
      outcome({ name: '1 math', got: 'x', isSameRender: false, confidence: 0.3 }),
      outcome({ name: '03-a.jpg', set: 'samples', got: '|x|' }),
    ],
    ...changes,
  }
  writeFileSync(json, JSON.stringify(report))
}

const read = () => readFileSync(path.join(model, 'README.md'), 'utf8')

describe('writeCard', () => {
  it('fills every marked part of the real card and leaves the rest alone', () => {
    writeReport()
    writeCard(model, json)
    const text = read()
    expect(text).toContain(
      '| math typefaces | 8 | 75.0 % | 41–93 % | 50.0 % | 0.100 | 100.0 % | 100.0 % | 1.00 |',
    )
    expect(text).toContain('| `03-a.jpg` | right | 0.97 | `\\|x\\|` |')
    expect(text).toContain('p50 44 ms, p95 294 ms')
    const bare = (card: string) => card.replace(/(<!-- begin [^>]*-->)[^]*?(<!-- end)/g, '$1$2')
    expect(bare(text)).toBe(bare(readFileSync(card, 'utf8')))
    writeCard(model, json)
    expect(read()).toBe(text)
  })

  it('publishes nothing about other weights', () => {
    writeReport({ weights: 'another' })
    const before = read()
    expect(() => writeCard(model, json)).toThrow('run `npm run eval` first')
    expect(read()).toBe(before)
  })

  it('says when there is no report', () => {
    expect(() => writeCard(model, json)).toThrow('run `npm run eval` first')
  })

  it('adds the numbers of a benchmark and of the weights in float32, where there are any', () => {
    writeReport()
    const latency = { images: 9, p50: 51, p95: 187 }
    const bench = {
      machine: 'a machine',
      coldStart: 1200,
      single: latency,
      samples: latency,
      tesseract: latency,
      batch: { images: 500, perSecond: 26.5 },
      memory: { images: 5000, most: 380 },
      modelSize: 14.2,
    }
    writeFileSync(path.join(folder, 'data/bench.json'), JSON.stringify(bench))
    const float = {
      ...(JSON.parse(readFileSync(json, 'utf8')) as Report),
      outcomes: [outcome({}), outcome({ name: '1 math' })],
    }
    writeFileSync(path.join(folder, 'data/float.json'), JSON.stringify(float))
    writeCard(model, json)
    expect(read()).toContain('| one batch of 500 | 26.5 images/s |')
    expect(read()).toContain('1 readings differ: 0 are right as released only, 1 in float32 only.')
  })
})

describe('fillCard', () => {
  it('does not lose a part that has no place', () => {
    expect(() => fillCard('<!-- begin one: x -->\n<!-- end one -->', { one: 'a', other: 'b' })).toThrow(
      'other',
    )
  })
})

describe('writeGallery', () => {
  it('makes small sheets of the wrong readings, one a set, and removes those of before', async () => {
    const pictures = openPictureFolder(path.join(folder, 'wrong'))
    const grain = Uint8Array.from({ length: 600 * 200 * 3 }, (_, at) => (at * 7919) % 256)
    const outcomes = ['math', 'photo-like hand'].flatMap((set) =>
      Array.from({ length: 6 }, (_, at) =>
        outcome({ set, name: String(at), got: at % 2 ? '\\frac{1}' : '\\sqrt{x}', isSameRender: at === 3 }),
      ),
    )
    for (const { set, name } of outcomes)
      pictures.keep(set, name, { data: grain, width: 600, height: 200, channels: 3 })
    const gallery = path.join(folder, 'gallery')
    mkdirSync(gallery)
    writeFileSync(path.join(gallery, 'old.png'), '')
    await writeGallery(outcomes, path.join(folder, 'wrong'), gallery)
    const names = readdirSync(gallery).sort()
    expect(names).toEqual(['math.png', 'photo-like_hand.png'])
    const bytes = names.map((name) => statSync(path.join(gallery, name)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000)
    expect(Math.min(...bytes)).toBeGreaterThan(2000)
  })
})
