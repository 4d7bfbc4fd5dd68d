import { envelope, FakeMathpix, answerWith, answerWithText } from '../testing/node/fake-mathpix.ts'
import { expect, sampleFiles, test as base, type RunningApp } from './fixtures.ts'
import { addFiles, chooseMathpix, convert, convertAndPay, imagesOf, rowOf, waitUntilDone } from './steps.ts'

const SECRET = 'a-secret-app-key-0123'

const test = base.extend<{ mathpix: FakeMathpix; paying: RunningApp }>({
  mathpix: async ({}, use) => {
    const server = await FakeMathpix.start()
    await use(server)
    await server.stop()
  },
  /** The app with keys and two images, ready to be sent to the fake service. */
  paying: async ({ launch, mathpix }, use) => {
    const app = await launch({
      env: { MATHPIX_API: mathpix.origin, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: SECRET },
    })
    await addFiles(app, sampleFiles().slice(0, 2))
    await chooseMathpix(app.page)
    await use(app)
  },
})

test('a batch is sent once, with the keys in its headers and privacy on, and shown as it arrives', async ({
  paying,
  mathpix,
}) => {
  mathpix.next.push(mathpix.answerNormally, mathpix.answerFirst(1))
  await convertAndPay(paying.page)
  await waitUntilDone(paying.page)
  await expect(rowOf(paying.page, /failed/)).toHaveCount(0)
  const [post] = mathpix.sent
  expect(mathpix.sent).toHaveLength(1)
  expect(post?.headers['app_id']).toBe('an-app-id')
  expect(post?.headers['app_key']).toBe(SECRET)
  const [body] = mathpix.batchBodies
  expect(body?.metadata).toEqual({ improve_mathpix: false })
  expect(Object.keys(body?.urls ?? {})).toHaveLength(2)
})

test('before money is spent the window says how many, how much and where to', async ({ paying, mathpix }) => {
  await convert(paying.page)
  const dialog = paying.page.getByRole('dialog')
  await expect(dialog).toContainText('2 images')
  await expect(dialog).toContainText(/USD/)
  await dialog.getByRole('button', { name: 'Do not send' }).click()
  expect(mathpix.requests).toHaveLength(0)
})

test('refused keys bring the images back, unsent, with the way to mend it', async ({ paying, mathpix }) => {
  mathpix.next.push(answerWith(envelope('http_unauthorized', { message: 'Invalid credentials' }), 401))
  await convertAndPay(paying.page)
  await expect(paying.page.getByRole('button', { name: 'Enter keys…' }).first()).toBeVisible()
  expect(mathpix.sent).toHaveLength(1)
  await expect(paying.page.getByRole('button', { name: /^Convert 2 images/ })).toBeVisible()
})

test('a rate limit is waited out as the server asks', async ({ paying, mathpix }) => {
  mathpix.next.push(
    mathpix.answerNormally,
    answerWith(envelope('http_max_requests', { message: 'Too many requests' }), 429, { 'Retry-After': '1' }),
  )
  await convertAndPay(paying.page)
  await expect(paying.page.getByRole('group', { name: 'Notice' })).toContainText(/too many requests/i)
  await waitUntilDone(paying.page)
  await expect(rowOf(paying.page, /failed/)).toHaveCount(0)
  expect(mathpix.sent).toHaveLength(1)
})

test('an error with HTTP 200 is an error', async ({ paying, mathpix }) => {
  mathpix.next.push(
    answerWith(
      envelope('opts_unknown_format', { message: 'Unknown format option(s)', formats: ['nonsense'] }),
    ),
  )
  await convertAndPay(paying.page)
  await expect(paying.page.getByRole('group', { name: 'Notice' })).toBeVisible()
  expect(mathpix.sent).toHaveLength(1)
  await expect(paying.page.getByRole('button', { name: /^Convert 2 images/ })).toBeVisible()
})

test('garbage instead of results is asked again, and the batch ends well', async ({ paying, mathpix }) => {
  mathpix.next.push(
    mathpix.answerNormally,
    answerWithText(502, '<html>Bad gateway</html>'),
    answerWithText(200, 'no json at all'),
  )
  await convertAndPay(paying.page)
  await waitUntilDone(paying.page)
  await expect(rowOf(paying.page, /failed/)).toHaveCount(0)
  expect(mathpix.sent).toHaveLength(1)
})

test('a POST whose reply was lost is never repeated by itself; sending again is the user’s choice', async ({
  paying,
  mathpix,
}) => {
  const { page } = paying
  mathpix.next.push(mathpix.acceptAndHangUp)
  await convertAndPay(page)
  const again = page.getByRole('button', { name: /^Send again/ })
  await expect(again).toBeVisible()
  expect(mathpix.sent).toHaveLength(1)

  await again.click()
  await waitUntilDone(page)
  expect(mathpix.sent).toHaveLength(2)
  await expect(rowOf(page, /done/)).toHaveCount(2)
})

test('one failed image is retried alone', async ({ paying, mathpix }) => {
  const { page } = paying
  mathpix.next.push(mathpix.answerNormally, (request, response) => {
    const [first = '', second = ''] = Object.keys(mathpix.batchBodies[0]?.urls ?? {})
    expect(request.method).toBe('GET')
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        keys: [first, second],
        results: {
          [first]: { latex_styled: 'x', latex_confidence: 0.99 },
          [second]: envelope('sys_exception', { message: 'Server error' }),
        },
      }),
    )
  })
  await convertAndPay(page)
  await expect(rowOf(page, /failed/)).toHaveCount(1)
  await page.getByRole('button', { name: 'Retry all failed' }).click()
  const confirm = page.getByRole('dialog').getByRole('button', { name: /^Send 1 image/ })
  await confirm
    .or(rowOf(page, /reading|done/).nth(1))
    .first()
    .click()
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(0)
  expect(mathpix.batchBodies).toHaveLength(2)
  expect(Object.keys(mathpix.batchBodies[1]?.urls ?? {})).toHaveLength(1)
})

test('keys given in the dialog are used, and never come back to the page', async ({ launch, mathpix }) => {
  const app = await launch({ env: { MATHPIX_API: mathpix.origin } })
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 1))
  await chooseMathpix(page)
  await convert(page)
  const dialog = page.getByRole('dialog', { name: 'Mathpix keys' })
  await expect(dialog).toContainText(/this run only/)
  await dialog.getByRole('textbox', { name: 'app_id' }).fill('an-app-id')
  await dialog.getByRole('textbox', { name: 'app_key' }).fill(SECRET)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send 1 image/ })
    .click()
  await waitUntilDone(page)
  expect(mathpix.sent[0]?.headers['app_key']).toBe(SECRET)

  const seen = await page.evaluate(async () => {
    const { api } = window as unknown as { api: Record<string, (input?: unknown) => Promise<unknown>> }
    const answers = await Promise.all([
      api['getSettings']?.(),
      api['getCredentialsStatus']?.(),
      api['getBatches']?.(),
    ])
    return document.documentElement.outerHTML + JSON.stringify(answers)
  })
  expect(seen).not.toContain(SECRET)
  await expect(imagesOf(page).getByRole('option')).toHaveCount(1)
})

test('without a keychain the key is on no disk', async ({ paying, userData }) => {
  await convertAndPay(paying.page)
  await waitUntilDone(paying.page)
  await paying.quit()
  const fs = await import('node:fs')
  const path = await import('node:path')
  const files = fs
    .readdirSync(userData, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
  for (const file of files) {
    const text = fs.readFileSync(path.join(file.parentPath, file.name), 'latin1')
    expect(text.includes(SECRET), file.name).toBe(false)
  }
})
