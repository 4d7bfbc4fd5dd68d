import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright/test'
import { envelope, FakeMathpix, answerWithText, send } from '../testing/node/fake-mathpix.ts'
import { expect, sampleFiles, test as base, type RunningApp } from './fixtures.ts'
import { StandaloneEngine } from './standalone-engine.ts'
import { addFiles, chooseMathpix, convertAndPay, reviewOf, rowOf, waitUntilDone } from './steps.ts'

/** What a person sees of a few of the faults in docs/failures.md. */
const test = base.extend<{
  mathpix: FakeMathpix
  engine: StandaloneEngine
  payingAt: (address: string) => Promise<RunningApp>
}>({
  mathpix: async ({}, use) => {
    const server = await FakeMathpix.start()
    await use(server)
    await server.stop()
  },
  engine: async ({}, use) => {
    const engine = await StandaloneEngine.start()
    await use(engine)
    await engine.stop()
  },
  /** The app with keys and two images, ready to be sent to this address. */
  payingAt: async ({ launch }, use) => {
    await use(async (address) => {
      const env = { MATHPIX_API: address, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: 'an-app-key' }
      const app = await launch({ env })
      await addFiles(app, sampleFiles().slice(0, 2))
      await chooseMathpix(app.page)
      return app
    })
  },
})

const noticeOf = (page: Page, text: RegExp) =>
  page.getByRole('group', { name: 'Notice' }).filter({ hasText: text })

test('a server that is away is told, waited for and used when it is back; the images go out once', async ({
  payingAt,
  mathpix,
}) => {
  const { origin } = mathpix
  await mathpix.stop()
  const { page } = await payingAt(origin)
  await convertAndPay(page)
  await expect(noticeOf(page, /does not accept connections.*Next try at/)).toBeVisible()
  await expect(rowOf(page, /failed/)).toHaveCount(0)

  const back = await FakeMathpix.start(Number(new URL(origin).port))
  await waitUntilDone(page)
  await expect(rowOf(page, /done/)).toHaveCount(2)
  await expect(page.getByRole('group', { name: 'Notice' })).toHaveCount(0)
  expect(back.sent).toHaveLength(1)
  await back.stop()
})

test('no secure connection: nothing is sent, the images are ready again', async ({ payingAt, mathpix }) => {
  const { page } = await payingAt(mathpix.origin.replace('http:', 'https:'))
  await convertAndPay(page)
  await expect(noticeOf(page, /No secure connection to the server.*date and time/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Convert 2 images/ })).toBeVisible()
  expect(mathpix.requests).toHaveLength(0)
})

test('a server that breaks down over the batch leaves the choice to the user', async ({
  payingAt,
  mathpix,
}) => {
  mathpix.next.push(answerWithText(502, '<h1>Bad gateway</h1>'))
  const { page } = await payingAt(mathpix.origin)
  await convertAndPay(page)
  await expect(noticeOf(page, /HTTP 502.*not known/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Send again/ })).toBeVisible()
  expect(mathpix.sent).toHaveLength(1)
})

test('one failed image says why in plain words, with the error id behind the details', async ({
  payingAt,
  mathpix,
}) => {
  mathpix.next.push(mathpix.answerNormally, (_, response) => {
    const [first = '', second = ''] = Object.keys(mathpix.batchBodies[0]?.urls ?? {})
    const results = {
      [first]: envelope('image_no_content', { message: 'No content found in image' }),
      [second]: { latex_styled: 'x', latex_confidence: 0.99 },
    }
    send(response, { keys: [first, second], results })
  })
  const { page } = await payingAt(mathpix.origin)
  await convertAndPay(page)
  await waitUntilDone(page)
  await expect(rowOf(page, /done/)).toHaveCount(1)
  await rowOf(page, /failed/).click()
  const review = reviewOf(page)
  await expect(review).toContainText('Nothing to read was found in this image')
  await expect(review.getByText(/^image_no_content/)).toHaveCount(0)
  await review.getByText('Details').first().click()
  await expect(review.getByText(/^image_no_content/)).toBeVisible()
})

test('a server that is put to sleep after it took the batch goes on where it was', async ({
  launch,
  userData,
  engine,
}) => {
  test.slow()
  const env = { MATHPIX_API: engine.baseUrl, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: 'an-app-key' }
  const app = await launch({ env })
  const { page } = app
  // Enough images that a good while passes before they are asked for.
  await addFiles(app, sampleFiles())
  await chooseMathpix(page)
  await convertAndPay(page)
  await expect.poll(() => journals(userData), { intervals: [50] }).toContain('"state":"processing"')
  engine.pause()
  await expect(noticeOf(page, /did not answer in time/)).toBeVisible({ timeout: 60_000 })
  engine.resume()
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(0)
  expect(engine.acceptedBatches()).toBe(1)
})

/** What the app has on disk of all its batches. */
function journals(userData: string): string {
  const folder = path.join(userData, 'batches')
  const names = fs.readdirSync(folder, { recursive: true }).map(String)
  return names
    .filter((name) => name.endsWith('journal.jsonl'))
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
    .join('')
}
