import fs from 'node:fs'
import path from 'node:path'
import { FakeMathpix } from '../testing/node/fake-mathpix.ts'
import { expect, sampleFiles, test, type RunningApp } from './fixtures.ts'
import {
  addFiles,
  addUrl,
  chooseMathpix,
  convert,
  convertAndPay,
  editorOf,
  imagesOf,
  rowOf,
  waitUntilDone,
} from './steps.ts'

/** How many batches the embedded engine has accepted: one for each POST. */
const acceptedBatches = (userData: string) => fs.readdirSync(path.join(userData, 'engine', 'batches')).length

test('killed in the middle of a batch, the next start goes on with it: one POST, edits kept', async ({
  launch,
  userData,
  images,
}) => {
  const [first = '', second = ''] = sampleFiles()
  const app = await launch()
  await addFiles(app, [first])
  const held = images.hold(second)
  await addUrl(app, held)
  await convert(app.page)
  await expect(rowOf(app.page, /^0001.*(done|needs a look)/)).toHaveCount(1, { timeout: 60_000 })
  await rowOf(app.page, /^0001/).click()
  await editorOf(app.page).fill('e=mc^2')
  await expect(rowOf(app.page, /^0001.*edited/)).toHaveCount(1)
  await app.kill()
  images.release(held)

  const again = await launch()
  await waitUntilDone(again.page)
  await expect(imagesOf(again.page).getByRole('option')).toHaveCount(2)
  await expect(rowOf(again.page, /failed/)).toHaveCount(0)
  await rowOf(again.page, /^0001/).click()
  await expect(editorOf(again.page)).toHaveText('e=mc^2')
  expect(acceptedBatches(userData)).toBe(1)
})

test('a paid batch is polled on after a restart, with the same batch_id and no second POST', async ({
  launch,
}) => {
  const mathpix = await FakeMathpix.start()
  const env = { MATHPIX_API: mathpix.origin, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: 'an-app-key' }
  const app = await launch({ env })
  await addFiles(app, sampleFiles().slice(0, 2))
  await chooseMathpix(app.page)
  mathpix.next.push(mathpix.answerNormally, mathpix.answerFirst(1))
  await convertAndPay(app.page)
  await expect(rowOf(app.page, /done/)).toHaveCount(1)
  await app.kill()

  const again = await launch({ env })
  await waitUntilDone(again.page)
  await expect(rowOf(again.page, /done/)).toHaveCount(2)
  expect(mathpix.sent).toHaveLength(1)
  expect(new Set(mathpix.requests.filter(({ method }) => method === 'GET').map(({ path }) => path))).toEqual(
    new Set(['/v3/batch/17']),
  )
  await mathpix.stop()
})

test('a draft survives a restart', async ({ launch }) => {
  const app = await launch()
  await addFiles(app, sampleFiles().slice(0, 3))
  await expect(app.page.getByRole('button', { name: 'Convert 3 images' })).toBeEnabled()
  await app.quit()
  const again = await launch()
  await expect(again.page.getByRole('button', { name: 'Convert 3 images' })).toBeEnabled()
})

test('when the engine dies it is started again and the batch still ends', async ({ launch, images }) => {
  const [first = '', second = ''] = sampleFiles()
  const app = await launch()
  await addFiles(app, [first])
  const held = images.hold(second)
  await addUrl(app, held)
  await convert(app.page)
  await expect(rowOf(app.page, /^0001.*(done|needs a look)/)).toHaveCount(1, { timeout: 60_000 })
  await app.electron.evaluate(({ app: electronApp }) => {
    const engine = electronApp
      .getAppMetrics()
      .find(({ type, name }) => type === 'Utility' && /engine/i.test(name ?? ''))
    if (!engine) throw new Error('no engine process')
    process.kill(engine.pid, 'SIGKILL')
  })
  images.release(held)
  await waitUntilDone(app.page)
  await expect(rowOf(app.page, /failed/)).toHaveCount(0)
})

test('a second start hands its files to the window that is open', async ({ launch, userData }) => {
  const app = await launch()
  const [first = ''] = sampleFiles()
  const { spawn } = await import('node:child_process')
  const executable = await app.electron.evaluate(() => process.execPath)
  const second = spawn(executable, ['--no-sandbox', '.', `--user-data-dir=${userData}`, first], {
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => second.once('exit', resolve))
  await expect(imagesOf(app.page).getByRole('option')).toHaveCount(1)
  await ended
})

test('a garbage journal is set aside and the app still starts', async ({ launch, userData }) => {
  const app = await launch()
  await addFiles(app, sampleFiles().slice(0, 1))
  await expect(app.page.getByRole('button', { name: 'Convert 1 image' })).toBeEnabled()
  await app.quit()
  const batches = path.join(userData, 'batches')
  const journal = fs
    .readdirSync(batches, { recursive: true })
    .map(String)
    .find((name) => name.endsWith('journal.jsonl'))
  fs.writeFileSync(path.join(batches, journal ?? ''), 'garbage\u0000garbage')
  const again = await launch()
  await expect(again.page.getByRole('button', { name: 'Try the samples' })).toBeVisible()
  await expect(again.page.getByRole('region', { name: 'Messages' })).toContainText(
    /could not be read and was set aside as/,
  )
  const left = fs.readdirSync(batches, { recursive: true }).map(String)
  expect(left.some((name) => name.includes('damaged'))).toBe(true)
})

test('a folder that cannot hold batches is named in the window, which works as far as it can', async ({
  launch,
  userData,
}) => {
  fs.writeFileSync(path.join(userData, 'batches'), 'a file where the folder should be')
  const { page } = await launch()
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
    'No batch can be opened or saved.',
  )
  await page.getByRole('button', { name: 'Try the samples' }).click()
  const refusal = /A file stands where the folder of the app should be\. No batch can be made\./
  await expect(page.getByRole('region', { name: 'Messages' }).getByText(refusal)).toHaveCount(1)
})

const quits = ({ electron }: RunningApp) =>
  electron.evaluate(({ app }) => void setImmediate(() => app.quit()))
/** A terminal sends it to all that it started, and those hand it on besides. */
const presses = (signal: NodeJS.Signals) => async (app: RunningApp) => {
  const main = app.electron.process()
  main.kill(signal)
  // Else the system would make one of the two.
  await app.electron.evaluate(() => undefined)
  main.kill(signal)
}

for (const [name, end] of [
  ['quitting', quits],
  ['Ctrl-C in the terminal that started it', presses('SIGINT')],
  ['closing the terminal that started it', presses('SIGHUP')],
] as const) {
  test(`${name} while images are on their way waits for the answer`, async ({ launch }) => {
    const fake = await FakeMathpix.start()
    const env = {
      MATHPIX_API: fake.origin,
      MATHPIX_APP_ID: 'id-of-a-test',
      MATHPIX_APP_KEY: 'key-of-a-test',
    }
    // A slow server: it takes longer than an end without anything to wait for may.
    fake.next.push((...exchange) => void setTimeout(() => fake.answerNormally(...exchange), 7000))
    const app = await launch({ env })
    await addUrl(app, 'https://example.org/formula.png')
    await chooseMathpix(app.page)
    await convertAndPay(app.page)
    await expect.poll(() => fake.sent.length).toBe(1)
    const main = app.electron.process()
    await end(app)
    await expect.poll(() => [main.exitCode, main.signalCode], { timeout: 25_000 }).toEqual([0, null])

    const again = await launch({ env })
    await waitUntilDone(again.page)
    await expect(rowOf(again.page, /^0001.*(done|needs a look)/)).toHaveCount(1)
    expect(fake.sent).toHaveLength(1)
    await fake.stop()
  })
}
