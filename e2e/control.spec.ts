import type { BatchRequest } from '../shared/mathpix.ts'
import { FakeMathpix } from '../testing/node/fake-mathpix.ts'
import { expect, sampleFiles, test } from './fixtures.ts'
import { addFiles, chooseMathpix, convertAndPay, reviewOf, rowOf, waitUntilDone } from './steps.ts'

test('a run keeps to the rate plan, is paused over a restart, loses one image, and sends each image once', async ({
  launch,
}) => {
  const mathpix = await FakeMathpix.start()
  const env = { MATHPIX_API: mathpix.origin, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: 'an-app-key' }
  const app = await launch({ env })
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 5))
  await chooseMathpix(page)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('textbox', { name: 'Images a minute' }).fill('2')
  await page.getByRole('button', { name: 'Close' }).click()
  await convertAndPay(page)
  await expect(page.getByText(/Waiting for the rate plan of 2 images a minute, next in \d+ s/)).toBeVisible()
  await expect(rowOf(page, /waiting to be sent/)).toHaveCount(3)

  await rowOf(page, /^0005/).click()
  await reviewOf(page).getByRole('button', { name: 'Cancel this image' }).click()
  await expect(rowOf(page, /^0005.*ready/)).toHaveCount(1)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(/2 images wait and will not be sent/)).toBeVisible()
  await app.kill()

  const again = await launch({ env })
  await expect(again.page.getByText(/2 images wait and will not be sent/)).toBeVisible()
  expect(mathpix.sent).toHaveLength(2)
  await again.page.getByRole('banner').getByRole('button', { name: 'Resume' }).click()
  await expect(rowOf(again.page, /^000[1-4].*(done|needs a look)/)).toHaveCount(4)
  await expect(rowOf(again.page, /^0005.*ready/)).toHaveCount(1)
  await again.quit()
  const sent = mathpix.batchBodies.flatMap(({ urls }: BatchRequest) => Object.keys(urls))
  expect(sent.map((key) => key.slice(0, 4))).toEqual(['0001', '0002', '0003', '0004'])
  await mathpix.stop()
})

test('an image read again with other options keeps the old result in its details', async ({ launch }) => {
  const mathpix = await FakeMathpix.start()
  const env = { MATHPIX_API: mathpix.origin, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: 'an-app-key' }
  const app = await launch({ env })
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 1))
  await chooseMathpix(page)
  await convertAndPay(page)
  await waitUntilDone(page)
  await rowOf(page, /^0001/).click()
  await reviewOf(page).getByRole('button', { name: 'Retry' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send 1 image/ })
    .click()
  await expect.poll(() => mathpix.sent.length).toBe(2)
  await waitUntilDone(page)
  await reviewOf(page).getByText('Details').click()
  await expect(page.getByLabel('Earlier result 1')).toContainText('read')
  await app.quit()
  await mathpix.stop()
})
