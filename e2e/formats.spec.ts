import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { FORMULA_LATEX } from '../testing/node/draw-formula.ts'
import { makeFormats, makeTurned, ORIENTATIONS, type FormatFile } from '../testing/node/make-formats.ts'
import { expect, test } from './fixtures.ts'
import { StandaloneEngine } from './standalone-engine.ts'
import { addUrl, convert as convertInWindow, reviewOf, rowOf } from './steps.ts'

/** What the built command line wrote to stdout: one object a line, and nothing else. */
function convert(...inputs: string[]): Promise<{ code: number; read: string[]; stderr: string }> {
  return new Promise((resolve) => {
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-cli-'))
    execFile(
      process.execPath,
      ['dist-electron/cli.js', 'convert', ...inputs, '--json', '--data', data],
      (error, stdout, stderr) => {
        fs.rmSync(data, { recursive: true })
        const lines = stdout.trim().split('\n').filter(Boolean)
        const read = lines.map((line) => {
          const { file, latex, error } = JSON.parse(line) as {
            file: string
            latex: string | null
            error: unknown
          }
          return `${path.basename(file)}: ${latex ?? JSON.stringify(error)}`
        })
        resolve({ code: error ? Number(error.code) : 0, read, stderr })
      },
    )
  })
}

async function makeAll(): Promise<FormatFile[]> {
  const turned = await Promise.all(
    // The first is how all others lie.
    ORIENTATIONS.slice(1).flatMap((orientation) =>
      (['jpg', 'png', 'webp'] as const).map((kind) => makeTurned(orientation, kind)),
    ),
  )
  return [...(await makeFormats()), ...turned]
}

let files: FormatFile[]
test.beforeAll(async () => {
  files = await makeAll()
})

test('every format is read as a file, page by page, by the built command line', async ({ folder }) => {
  for (const { name, bytes } of files) fs.writeFileSync(path.join(folder, name), bytes)
  const { code, read, stderr } = await convert(folder)
  const expected = files.flatMap(({ name, pages }) =>
    pages === 1 ? [name] : Array.from({ length: pages }, (_, index) => `${name} (page ${index + 1})`),
  )
  expect([...read].sort()).toEqual(expected.map((name) => `${name}: ${FORMULA_LATEX}`).sort())
  expect(code).toBe(0)
  expect(stderr).not.toMatch(/vips|warn/i)
})

test('every format is read by URL', async ({ images }) => {
  const urls = files.map(({ name, bytes }) =>
    images.answer(`/${name}`, (_, response) => response.writeHead(200).end(bytes)),
  )
  const { code, read, stderr } = await convert(...urls)
  expect(read).toEqual(files.map(({ name }) => `${name}: ${FORMULA_LATEX}`))
  expect(code).toBe(0)
  expect(stderr).toContain('tiff-pages.tif: Only page 1 of 3 is read')
})

test('of several pages behind an address it is said in the window that the first is read', async ({
  app,
  images,
}) => {
  const { bytes } = files.find(({ pages }) => pages === 3) ?? {}
  await addUrl(
    app,
    images.answer('/pages.tif', (_, response) => response.writeHead(200).end(bytes)),
  )
  await convertInWindow(app.page)
  const row = rowOf(app.page, /pages, .*only its first page is read/)
  await expect(row).toBeVisible()
  await row.click()
  await expect(reviewOf(app.page).getByText('Only page 1 of 3 is read')).toBeVisible()
})

test('every format is read as a data URI by the built engine', async () => {
  const engine = await StandaloneEngine.start()
  try {
    const urls = Object.fromEntries(
      files.map(({ name, bytes }) => [
        name,
        `data:application/octet-stream;base64,${bytes.toString('base64')}`,
      ]),
    )
    const body = JSON.stringify({ urls, ocr_behavior: 'latex', formats: ['latex_simplified'] })
    const accepted = await fetch(`${engine.baseUrl}/v3/batch`, {
      method: 'POST',
      headers: engine.headers,
      body,
    })
    const { batch_id } = (await accepted.json()) as { batch_id: number }
    const poll = async () => {
      const answer = await fetch(`${engine.baseUrl}/v3/batch/${batch_id}`, { headers: engine.headers })
      return (await answer.json()) as {
        results: Record<string, { latex_simplified?: string; error?: string }>
      }
    }
    await expect
      .poll(async () => Object.keys((await poll()).results).length, { timeout: 60_000 })
      .toBe(files.length)
    const { results } = await poll()
    const read = Object.entries(results).map(([name, { latex_simplified: latex, error }]) => [
      name,
      latex?.replaceAll(' ', '') ?? error,
    ])
    expect(Object.fromEntries(read)).toEqual(
      Object.fromEntries(files.map(({ name }) => [name, FORMULA_LATEX])),
    )
  } finally {
    await engine.stop()
  }
})

/** Layers of a blur as wide as the picture: some hundred bytes that keep a renderer busy for minutes. */
const BUSY = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="2000"><filter id="f">${'<feGaussianBlur stdDeviation="900"/><feTurbulence baseFrequency="0.9" numOctaves="9"/>'.repeat(60)}</filter><rect width="2000" height="2000" filter="url(#f)"/></svg>`

test('a picture that overruns its time is an error at its item, and its neighbours are read', async ({
  folder,
  images,
}) => {
  const [good] = files
  const at = (name: string, bytes: Buffer | string) => {
    fs.writeFileSync(path.join(folder, name), bytes)
    return path.join(folder, name)
  }
  const busy = images.answer('/busy.svg', (_, response) => response.writeHead(200).end(BUSY))
  const { code, read } = await convert(at('busy-file.svg', BUSY), busy, at('good.png', good?.bytes ?? ''))
  expect(read).toEqual([
    expect.stringMatching(/^busy-file\.svg: .*takes longer than \d s/),
    expect.stringMatching(/^busy\.svg: .*takes longer than \d s/),
    `good.png: ${FORMULA_LATEX}`,
  ])
  expect(code).toBe(1)
})
