import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIntakePool, type IntakeRunner } from './intake-pool.ts'

/** Stands in for the decoder: dies on the name `die`, throws on `throw`, answers the rest. */
const WORKER = `
import { parentPort } from 'node:worker_threads'
const reply = (reply) => parentPort.postMessage({ reply })
parentPort.on('message', ({ job, step }) => {
  if (step) return
  if (job.name === 'die') process.exit(3)
  if (job.name === 'throw') setImmediate(() => { throw new Error('decoder bug') })
  else if (job.kind === 'hash') reply({ kind: 'hash', hash: job.name })
  else {
    if (job.name === 'slow') {
      reply({ kind: 'pages', pages: 3 })
      if (job.firstPage === 1) reply({ kind: 'page', page: { page: 1, pages: 3, outcome: { ok: true } } })
      if (job.firstPage < 3) return parentPort.postMessage({ step: 'decode', demand: { pixels: 1, limitMs: 50 } })
      reply({ kind: 'page', page: { page: 3, pages: 3, outcome: { ok: true } } })
      return reply({ kind: 'done' })
    }
    for (const page of [1, 2]) reply({ kind: 'page', page: { page, pages: 2 } })
    reply({ kind: 'done' })
  }
})`

let dir: string
let pool: IntakeRunner
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'formulift-pool-'))
  const entry = path.join(dir, 'worker.mjs')
  await writeFile(entry, WORKER)
  pool = createIntakePool(entry, 2)
})
afterEach(async () => {
  await pool.close()
  await rm(dir, { recursive: true, force: true })
})

const hash = (name: string) => pool.hash({ kind: 'hash', name, source: { path: name } })

describe('the pool', () => {
  it('answers many jobs with few threads, each its own', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `n${index}`)
    expect(await Promise.all(names.map(hash))).toEqual(names.map((name) => ({ hash: name })))
  })

  it('reports each page of a file', async () => {
    const pages: number[] = []
    const job = { kind: 'prepare' as const, name: 'a', source: { path: 'a' }, itemId: '1', dir }
    expect(await pool.prepare(job, ({ page }) => pages.push(page))).toBeUndefined()
    expect(pages).toEqual([1, 2])
  })

  it('a page whose decoder overruns its time is an error, and the pages around it are not', async () => {
    const pages: [number, boolean][] = []
    const job = { kind: 'prepare' as const, name: 'slow', source: { path: 'a' }, itemId: '1', dir }
    expect(await pool.prepare(job, ({ page, outcome }) => pages.push([page, outcome.ok]))).toBeUndefined()
    expect(pages).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ])
  })

  it.each(['die', 'throw'])('a thread that ends by “%s” costs its file only', async (name) => {
    const answers = await Promise.all([hash('a'), hash(name), hash('b'), hash(name), hash('c')])
    expect(answers.map((answer) => ('hash' in answer ? answer.hash : answer.error.kind))).toEqual([
      'a',
      'image',
      'b',
      'image',
      'c',
    ])
  })
})
