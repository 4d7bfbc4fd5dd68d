import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron } from 'playwright'
import { BatchResults } from '../../shared/mathpix.ts'
import { median } from './statistics.ts'

const temporary = (name: string) => fs.mkdtempSync(path.join(os.tmpdir(), `formulift-bench-${name}-`))

async function launch(app: string, userData: string) {
  const electron = await _electron.launch({ args: [app, `--user-data-dir=${userData}`] })
  return { electron, page: await electron.firstWindow() }
}

/** A window that shows one button and does nothing else: what Electron itself costs. */
function makeBareApp(): string {
  const folder = temporary('bare')
  fs.writeFileSync(path.join(folder, 'package.json'), '{"name":"bare","main":"main.js"}')
  fs.writeFileSync(path.join(folder, 'index.html'), '<!doctype html><button>Try the samples</button>')
  fs.writeFileSync(
    path.join(folder, 'main.js'),
    "const { app, BrowserWindow } = require('electron')\napp.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'))\n",
  )
  return folder
}

/** Median ms from starting the process to a window whose button can be pressed: the app, and a bare window. */
export async function timeStart(runs: number): Promise<{ app: number; bare: number }> {
  const bareApp = makeBareApp()
  const times = { app: [] as number[], bare: [] as number[] }
  for (let run = 0; run <= runs; run += 1) {
    for (const [name, folder] of [
      ['app', '.'],
      ['bare', bareApp],
    ] as const) {
      const userData = temporary('profile')
      const before = performance.now()
      const { electron, page } = await launch(folder, userData)
      await page.getByRole('button', { name: 'Try the samples' }).waitFor()
      // The first run only warms the file cache.
      if (run > 0) times[name].push(performance.now() - before)
      await electron.close()
      fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  fs.rmSync(bareApp, { recursive: true, force: true })
  return { app: median(times.app), bare: median(times.bare) }
}

/** Ms from the last result being ready on the engine to all results being shown, for one batch of the files. */
export async function timeClientOverhead(files: readonly string[]): Promise<number> {
  const userData = temporary('profile')
  const { electron, page } = await launch('.', userData)
  try {
    await page.getByRole('button', { name: 'Try the samples' }).waitFor()
    const tools = await page.context().newCDPSession(page)
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await tools.send('Input.dispatchDragEvent', {
        type,
        x: 400,
        y: 300,
        data: { items: [], files: [...files], dragOperationsMask: 1 },
      })
    }
    await page.getByRole('button', { name: `Convert ${files.length} images` }).click()
    const shown = page
      .getByText(new RegExp(`\\b${files.length} done`))
      .first()
      .waitFor({ timeout: 120_000 })
      .then(() => performance.now())
    const ready = await lastResultReady(path.join(userData, 'engine'), files.length)
    return (await shown) - ready
  } finally {
    await electron.close()
    fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function lastResultReady(engineData: string, count: number): Promise<number> {
  const read = (name: string) => fs.readFileSync(path.join(engineData, name), 'utf8')
  const headers = JSON.parse(read('credentials.json')) as { app_id: string; app_key: string }
  const port = read('port').trim()
  for (;;) {
    const reply = await fetch(`http://127.0.0.1:${port}/v3/batch/1`, { headers })
    const parsed = BatchResults.safeParse(await reply.json())
    if (parsed.success && Object.keys(parsed.data.results).length === count) return performance.now()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
