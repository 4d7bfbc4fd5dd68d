import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildEngine } from '../testing/engine/build-engine.ts'
import { drawPage } from '../testing/engine/draw-page.ts'
import { createDataDir } from '../testing/engine/test-engine.ts'

const modelDir = fileURLToPath(new URL('./model', import.meta.url))

let entry: string
let dataDir: string
let removeData: () => Promise<void>
const children: ChildProcess[] = []

type Started = {
  readonly child: ChildProcess
  readonly stdout: string[]
  readonly ended: Promise<number | null>
  readonly listening: () => Promise<number>
}

function startProcess(args: readonly string[]): Started {
  const child = spawn(process.execPath, [entry, '--model', modelDir, '--data', dataDir, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  })
  children.push(child)
  const stdout: string[] = []
  const lines = createInterface({ input: child.stdout })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const first = new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      stdout.push(line)
      resolve((JSON.parse(line) as { port: number }).port)
    })
    void ended.then((code) => reject(new Error(`ended with ${String(code)}`)))
  })
  // Asked for by some tests only.
  first.catch(() => undefined)
  return { child, stdout, ended, listening: () => first }
}

beforeAll(async () => {
  entry = await buildEngine()
}, 60_000)

beforeEach(async () => {
  const data = await createDataDir()
  dataDir = data.path
  removeData = data.remove
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await removeData()
})

describe('the engine process', () => {
  it('says its port in one line, has keys of its own, and ends on SIGTERM', async () => {
    const { child, stdout, ended, listening } = startProcess([])
    const port = await listening()
    expect(JSON.parse(stdout[0] ?? '')).toEqual({ event: 'listening', port })
    const keys = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as Record<
      string,
      string
    >
    const url = `http://127.0.0.1:${String(port)}/v3/batch/1`
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(url, { headers: keys })).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(stdout).toHaveLength(1)
  })

  it('ends with its stdin only when it is told to', async () => {
    const bound = startProcess(['--exit-with-parent'])
    await bound.listening()
    bound.child.stdin?.end()
    expect(await bound.ended).toBe(0)

    const free = startProcess([])
    const port = await free.listening()
    free.child.stdin?.end()
    expect((await fetch(`http://127.0.0.1:${String(port)}/v3/batch/1`)).status).toBe(401)
  })

  it('has the data folder to itself among several that start at once, also after a kill', async () => {
    for (const round of ['an empty folder', 'what a killed one left']) {
      const starters = Array.from({ length: 3 }, () => startProcess([]))
      const outcomes = await Promise.all(
        starters.map((starter) =>
          starter.listening().then(
            () => 'listens',
            () => starter.ended,
          ),
        ),
      )
      expect(outcomes.map(String).sort(), round).toEqual(['1', '1', 'listens'])
      for (const { child, ended } of starters) {
        child.kill('SIGKILL')
        await ended
      }
    }
  })

  it('takes over after a kill, on the same port', async () => {
    const first = startProcess([])
    const port = await first.listening()
    first.child.kill('SIGKILL')
    await first.ended
    expect(await startProcess([]).listening()).toBe(port)
  })

  it('reads words with formulas in them, over HTTP and without any other file than its own', async () => {
    const page = drawPage([
      ['Find the exact value of ', { italic: 'x', raised: '2' }, ' and compare'],
      ['your answer with the estimate below.'],
    ])
    const port = await startProcess(['--app-id', 'me', '--app-key', 'secret']).listening()
    const ask = async (path: string, options: object) => {
      const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', app_id: 'me', app_key: 'secret' },
        body: JSON.stringify({ src: `data:image/png;base64,${page.toString('base64')}`, ...options }),
      })
      return (await response.json()) as Record<string, unknown>
    }
    const asText = await ask('/v3/text', { include_line_data: true })
    expect(asText['text']).toBe(
      'Find the exact value of \\( x^{2} \\) and compare\nyour answer with the estimate below.',
    )
    const lines = asText['line_data'] as { text: string; type: string; cnt: number[][] }[]
    expect(lines.map(({ text }) => text).join('')).toBe(asText['text'])
    expect(lines.map(({ type }) => type)).toEqual(['text', 'text'])
    expect(lines[0]?.cnt).toHaveLength(4)
    expect(await ask('/v3/latex', { formats: ['latex_styled'] })).toMatchObject({
      latex_styled: 'x ^ { 2 }',
    })
    expect(await ask('/v3/latex', { formats: ['text'], ocr: ['math', 'text'] })).toMatchObject({
      text: 'Find the exact value of \\( x ^ { 2 } \\) and compare\nyour answer with the estimate below.',
    })
  }, 240_000)

  it('explains a flag that it does not know', async () => {
    expect(await startProcess(['--portt', '1']).ended).toBe(2)
  })
})
