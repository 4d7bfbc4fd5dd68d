import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron } from 'playwright/test'
import { expect, sampleFiles, test } from './fixtures.ts'
import { convert, imagesOf, rowOf, waitUntilDone } from './steps.ts'

/** The folder that `npm run package` makes, started as a user starts it: from elsewhere, without the sources. */
test('the packaged app reads its samples and quits', async ({ userData }) => {
  test.setTimeout(240_000)
  execFileSync(process.execPath, ['scripts/package.mjs', '--dir'], { stdio: 'ignore' })
  const executable = path.resolve('release', 'linux-unpacked', 'formulift')
  expect(fs.existsSync(executable)).toBe(true)
  const electron = await _electron.launch({
    executablePath: executable,
    args: [`--user-data-dir=${userData}`],
    cwd: os.tmpdir(),
    env: { ...(process.env as Record<string, string>), LANG: 'C.UTF-8' },
  })
  const page = await electron.firstWindow()
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
