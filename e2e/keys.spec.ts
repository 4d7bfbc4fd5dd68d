import { FakeMathpix } from '../testing/node/fake-mathpix.ts'
import { answerKeysQuestion, askedAboutKeys, expect, sampleFiles, test as base } from './fixtures.ts'
import { addFiles, chooseMathpix, convertAndPay, rowOf, waitUntilDone } from './steps.ts'

const SECRET = 'a-secret-app-key-0123'

const test = base.extend<{ mathpix: FakeMathpix; elsewhere: FakeMathpix }>({
  mathpix: async ({}, use) => {
    const server = await FakeMathpix.start()
    await use(server)
    await server.stop()
  },
  elsewhere: async ({}, use) => {
    const server = await FakeMathpix.start()
    await use(server)
    await server.stop()
  },
})

test('before keys go to a server for the first time the system asks, outside of the page, and a no keeps them here', async ({
  launch,
  mathpix,
  elsewhere,
}) => {
  const keys = { MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: SECRET }
  const app = await launch({ env: { ...keys, MATHPIX_API: mathpix.origin } })
  await answerKeysQuestion(app.electron, 'Do not send')
  await addFiles(app, sampleFiles().slice(0, 1))
  await chooseMathpix(app.page)
  await convertAndPay(app.page)
  await expect(app.page.getByRole('status').getByText(/The keys were not sent to this server/)).toBeVisible()
  expect([...mathpix.requests, ...mathpix.usageRequests]).toEqual([])
  const [question] = await askedAboutKeys(app.electron)
  expect(question).toContain(`Send your keys to ${new URL(mathpix.origin).host}?`)
  expect(question).not.toContain(SECRET)

  await answerKeysQuestion(app.electron, 'Send them')
  await convertAndPay(app.page)
  await waitUntilDone(app.page)
  await expect(rowOf(app.page, /done/)).toHaveCount(1)
  expect(mathpix.sent).toHaveLength(1)
  await app.quit()

  // The answer was for that server: it holds after a restart, and for no other.
  const again = await launch({ env: { ...keys, MATHPIX_API: mathpix.origin } })
  await addFiles(again, sampleFiles().slice(1, 2), 2)
  await convertAndPay(again.page)
  await waitUntilDone(again.page)
  expect(mathpix.sent).toHaveLength(2)
  expect(await askedAboutKeys(again.electron)).toEqual([])
  await again.quit()

  const other = await launch({ env: { ...keys, MATHPIX_API: elsewhere.origin } })
  await answerKeysQuestion(other.electron, 'Do not send')
  await addFiles(other, sampleFiles().slice(2, 3), 3)
  await convertAndPay(other.page)
  await expect(
    other.page.getByRole('status').getByText(/The keys were not sent to this server/),
  ).toBeVisible()
  expect([...elsewhere.requests, ...elsewhere.usageRequests]).toEqual([])
})
