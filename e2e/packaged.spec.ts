import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron } from 'playwright/test'
import { FORMULA_LATEX } from '../testing/node/draw-formula.ts'
import { makeFormats } from '../testing/node/make-formats.ts'
import { expect, sampleFiles, test } from './fixtures.ts'
import { convert, imagesOf, rawResult, rowOf, waitUntilDone } from './steps.ts'

test.describe.configure({ mode: 'serial' })

const executable = path.resolve('release', 'linux-unpacked', 'formulift')

test.beforeAll(() => {
  test.setTimeout(240_000)
  execFileSync(process.execPath, ['scripts/package.mjs', '--dir'], { stdio: 'ignore' })
  expect(fs.existsSync(executable)).toBe(true)
})

/** The folder that `npm run package` makes, started as a user starts it: from elsewhere, without the sources. */
async function start(userData: string, files: readonly string[] = []) {
  const electron = await _electron.launch({
    executablePath: executable,
    args: [`--user-data-dir=${userData}`, ...files],
    cwd: os.tmpdir(),
    env: { ...(process.env as Record<string, string>), LANG: 'C.UTF-8' },
  })
  return { electron, page: await electron.firstWindow() }
}

test('the packaged app reads its samples and quits', async ({ userData }) => {
  const { electron, page } = await start(userData)
  await page.getByRole('button', { name: 'Try the samples' }).click()
  await convert(page)
  await waitUntilDone(page)
  await expect(imagesOf(page).getByRole('option')).toHaveCount(sampleFiles().length)
  await expect(rowOf(page, /failed/)).toHaveCount(0)
  expect(await electron.evaluate(({ app }) => app.isPackaged)).toBe(true)
  const main = electron.process()
  await electron.close()
  expect(main.exitCode).toBe(0)
})

test('the packaged app has every decoder', async ({ userData, folder }) => {
  // One of each decoder and of each file of WebAssembly.
  const kinds = ['heic.heic', 'svg.svg', 'tiff-jpeg.tif', 'avif.avif', 'webp-lossy.webp', 'bmp.bmp']
  const files = (await makeFormats()).filter(({ name }) => kinds.includes(name))
  expect(files).toHaveLength(kinds.length)
  const paths = files.map(({ name, bytes }) => {
    fs.writeFileSync(path.join(folder, name), bytes)
    return path.join(folder, name)
  })
  const { electron, page } = await start(userData, paths)
  const rows = imagesOf(page).getByRole('option')
  await expect(rows).toHaveCount(files.length)
  await convert(page)
  await waitUntilDone(page)
  for (const row of await rows.all()) {
    await row.click()
    const { latex_styled } = await rawResult(page)
    expect(latex_styled?.replaceAll(' ', '')).toBe(FORMULA_LATEX)
  }
  await electron.close()
})
