import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ElectronApplication } from 'playwright/test'
import { expect, sampleFiles, test, type RunningApp } from './fixtures.ts'
import { addFiles, imagesOf } from './steps.ts'

/** Asks the page through the main process: Playwright gives up a page once it has crashed. */
const ask = (electron: ElectronApplication, code: string): Promise<unknown> =>
  electron.evaluate(async ({ BrowserWindow }, script) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window || window.webContents.isCrashed() || window.webContents.isLoading()) return undefined
    // What a page is asked just before it dies is never answered.
    const gone = new Promise<undefined>((resolve) => {
      setTimeout(resolve, 1000)
    })
    return (await Promise.race([window.webContents.executeJavaScript(script), gone])) as unknown
  }, code)

const crash = ({ electron }: RunningApp) =>
  electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )

const text = (app: RunningApp) => ask(app.electron, 'document.body.innerText')
const selected = (app: RunningApp) =>
  ask(app.electron, `document.querySelectorAll('[role="option"][aria-selected="true"]').length`)
const options = (app: RunningApp) => ask(app.electron, `document.querySelectorAll('[role="option"]').length`)

test('a dead page comes back: first without the image, then without the batch, which can be opened', async ({
  app,
}) => {
  const [first = '', second = ''] = sampleFiles()
  await addFiles(app, [first, second])
  await expect(imagesOf(app.page).getByRole('option', { selected: true })).toHaveCount(1)

  await crash(app)
  await expect.poll(() => options(app), { timeout: 15_000 }).toBe(2)
  await expect.poll(() => text(app)).toContain('The window stopped and was loaded again')
  expect(await selected(app)).toBe(0)

  await crash(app)
  await expect
    .poll(() => text(app), { timeout: 15_000 })
    .toContain('The window stopped again with “New batch” open')
  expect(await options(app)).toBe(0)

  await ask(app.electron, `document.querySelector('[aria-label^="Batch:"]').click()`)
  const choose = `[...document.querySelectorAll('[role^="menuitem"]')].find((one) => /^New batch\\s*2/.test(one.textContent))?.click()`
  await expect
    .poll(async () => {
      await ask(app.electron, `${choose}; 0`)
      return options(app)
    })
    .toBe(2)
})

test('a page that hangs is ended, and comes back by itself without the image', async ({
  launch,
  userData,
}) => {
  const app = await launch()
  await addFiles(app, sampleFiles().slice(0, 1))
  await expect(imagesOf(app.page).getByRole('option', { selected: true })).toHaveCount(1)
  const executable = await app.electron.evaluate(() => process.execPath)
  await app.quit()

  const hanging = spawn(
    executable,
    ['--no-sandbox', '-r', './e2e/hang-page.cjs', '.', `--user-data-dir=${userData}`],
    { stdio: ['ignore', 'pipe', 'ignore'], detached: true },
  )
  let printed = ''
  hanging.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk))
  const ended = once(hanging, 'exit')
  const cameBack = () => /^CAME BACK (.*)$/m.exec(printed)?.[1] ?? 'null'
  try {
    await expect.poll(cameBack, { timeout: 60_000 }).not.toBe('null')
    expect(JSON.parse(cameBack())).toMatchObject({
      images: 1,
      open: 0,
      said: expect.stringContaining('The window did not respond and was loaded again'),
    })
    await ended
  } finally {
    if (hanging.exitCode === null && hanging.pid !== undefined) process.kill(-hanging.pid, 'SIGKILL')
  }
})
