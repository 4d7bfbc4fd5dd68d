import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { envelope, FakeMathpix, answerWith } from '../testing/node/fake-mathpix.ts'
import { expect, sampleFiles, test as base } from './fixtures.ts'
import {
  addFiles,
  chooseMathpix,
  convert,
  convertAndPay,
  imagesOf,
  reviewOf,
  waitUntilDone,
} from './steps.ts'

const test = base.extend<{ mathpix: FakeMathpix; env: Record<string, string> }>({
  mathpix: async ({}, use) => {
    const server = await FakeMathpix.start()
    await use(server)
    await server.stop()
  },
  env: async ({ mathpix }, use) => {
    await use({ MATHPIX_API: mathpix.origin, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: 'a-key' })
  },
})

/** What stood for the image in the batch of one that was posted as the nth, counted from 0. */
function sentUrl(mathpix: FakeMathpix, nth: number): string {
  const [value = ''] = Object.values(mathpix.batchBodies[nth]?.urls ?? {})
  return typeof value === 'string' ? value : value.url
}

/** Forwards to an address of this computer, as a tunnel does, until it is closed. */
async function openTunnel(target: string) {
  const server = http.createServer((request, response) => {
    http
      .get(new URL(request.url ?? '', target), (inner) => {
        response.writeHead(inner.statusCode ?? 502, inner.headers)
        inner.pipe(response)
      })
      .on('error', () => response.writeHead(502).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a tunnel is checked in the settings and used by a run; when it is gone, the files go another way', async ({
  launch,
  env,
  mathpix,
}) => {
  const app = await launch({ env })
  const { page } = app
  const [first = '', second = ''] = sampleFiles()
  await addFiles(app, [first])
  await page.getByRole('button', { name: 'Settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  const target = /http:\/\/127\.0\.0\.1:\d+/.exec(
    await dialog.getByText(/It has to lead to/).innerText(),
  )?.[0]
  const tunnel = await openTunnel(target ?? '')
  await dialog.getByLabel('Public address of the built-in file host').fill(tunnel.address)
  await page.keyboard.press('Tab')
  await expect(dialog.getByRole('status')).toHaveText(/Works inside your own network only/)
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()

  await chooseMathpix(page)
  let fetched: Promise<number> | undefined
  mathpix.next.push((...exchange) => {
    fetched = fetch(sentUrl(mathpix, 0)).then(({ status }) => status)
    void fetched.then(() => mathpix.answerNormally(...exchange))
  })
  await convert(page)
  await expect(page.getByRole('dialog')).toContainText('1 from this computer, through your public address')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send 1 image/ })
    .click()
  await waitUntilDone(page)
  expect(await fetched).toBe(200)
  expect(sentUrl(mathpix, 0)).toContain(`${tunnel.address}/i/`)

  tunnel.close()
  await page.getByRole('button', { name: 'Settings' }).click()
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await expect(dialog.getByRole('status')).toHaveText(/Cannot be used now\. Nothing answers there/)
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await addFiles(app, [second], 2)
  await convert(page)
  await expect(page.getByRole('dialog')).toContainText(
    /Your public address is not used\. Nothing answers there/,
  )
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send 1 image/ })
    .click()
  await waitUntilDone(page)
  expect(sentUrl(mathpix, 1)).toMatch(/^data:image/)
  await page.getByText(/public address cannot be used/).waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await imagesOf(page).getByRole('option').nth(1).click()
  await reviewOf(page).getByText('Details').click()
  await expect(reviewOf(page)).toContainText(
    'inside the request, because your public address could not be reached',
  )
})

test('a picture too large for a request goes as a smaller copy; refused inside the request, it is uploaded whole', async ({
  launch,
  env,
  mathpix,
  folder,
}) => {
  const file = path.join(folder, 'noise.png')
  fs.writeFileSync(file, noise(900))
  const app = await launch({ env })
  const { page } = app
  await addFiles(app, [file])
  await chooseMathpix(page)
  await convertAndPay(page)
  await waitUntilDone(page)
  const url = sentUrl(mathpix, 0)
  expect(url).toMatch(/^data:image\/jpeg;base64,/)
  expect(url.length).toBeLessThan(2_000_100)
  const review = reviewOf(page)
  await review.getByText('Details · a smaller copy was sent').click()
  await expect(review).toContainText(/A smaller copy, 900 × 900 JPEG, [\d,]+ kB, was sent\./)

  mathpix.next.push(
    answerWith(envelope('image_missing', { message: 'Missing URL in request body' })),
    answerWith({ latex_styled: 'uploaded', latex_confidence: 0.99 }),
  )
  await imagesOf(page).getByRole('option').first().click()
  await page.keyboard.press('r')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send 1 image/ })
    .click()
  await expect(review).toContainText(
    'as a single upload, because the server takes no images inside a request',
  )
  await waitUntilDone(page)
  expect(mathpix.sent.map((post) => post.path)).toEqual(['/v3/batch', '/v3/batch', '/v3/latex'])
  await expect(page.getByRole('group', { name: 'Notice' })).toHaveCount(0)
})

/** A picture that does not compress. */
function noise(side: number): Buffer {
  const canvas = createCanvas(side, side)
  const context = canvas.getContext('2d')
  const picture = context.createImageData(side, side)
  picture.data.set(randomBytes(picture.data.length))
  for (let alpha = 3; alpha < picture.data.length; alpha += 4) picture.data[alpha] = 255
  context.putImageData(picture, 0, 0)
  return canvas.toBuffer('image/png')
}
