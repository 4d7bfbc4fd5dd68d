import { expect, test } from './fixtures.ts'
import { FakeMathpix } from '../testing/node/fake-mathpix.ts'
import { addUrl, chooseMathpix, convertAndPay, imagesOf, reviewOf, waitUntilDone } from './steps.ts'

const nest = (begin: string, end: string, deep: number) => begin.repeat(deep) + 'x' + end.repeat(deep)
const hostile = [
  nest('\\sqrt{', '}', 250),
  `\\def\\a{${'x'.repeat(400)}}${Array.from({ length: 20 }, (_, at) => `\\def\\${String.fromCharCode(98 + at)}{${`\\${String.fromCharCode(97 + at)}`.repeat(3)}}`).join('')}\\u`,
  '\\('.repeat(80_000),
  'x+'.repeat(10_000) + 'x',
  '\\displaystyle x '.repeat(400),
  `\\begin{array}{c}${'a & b \\\\'.repeat(3000)}\\end{array}`,
  'word $a+b$ '.repeat(3000),
  '$$x'.repeat(5001),
  '$a \\( b \\] '.repeat(3000),
  '$'.repeat(30_001),
  '\\(\\)'.repeat(5000),
  '\\[x\\]\n'.repeat(3000),
  '$x$\n\n'.repeat(3000),
  '\\\\'.repeat(20_000),
]

/** The window itself, its rows, and the formulas of one budget. */
const MOST_ELEMENTS = 12_000

/** How long the page takes to come to its next frame and back, in milliseconds. */
const breathe = 'new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))'

test('no result stops the window, in the list, in the review, or at the next start', async ({ launch }) => {
  const fake = await FakeMathpix.start()
  const env = { MATHPIX_API: fake.origin, MATHPIX_APP_ID: 'id-of-a-test', MATHPIX_APP_KEY: 'key-of-a-test' }
  fake.resultOf = (key) => ({
    latex_styled: hostile[Number(key.slice(0, 4)) - 1] ?? 'x',
    latex_confidence: 0.9,
  })
  const app = await launch({ env })
  for (const number of hostile.keys()) await addUrl(app, `https://example.org/${number}.png`)
  await chooseMathpix(app.page)
  await convertAndPay(app.page)
  await waitUntilDone(app.page)
  const rows = imagesOf(app.page).getByRole('option')
  for (const index of hostile.keys()) {
    await rows.nth(index).click({ timeout: 5000 })
    await app.page.evaluate(breathe)
    await expect(reviewOf(app.page).getByRole('alert')).toContainText('the source is shown', {
      timeout: 5000,
    })
    // What the page has to lay out, whatever else the machine is doing.
    expect(await app.page.locator('*').count()).toBeLessThan(MOST_ELEMENTS)
  }
  await app.quit()

  const again = await launch({ env })
  await expect(imagesOf(again.page).getByRole('option')).toHaveCount(hostile.length)
  await again.page.evaluate(breathe)
  await fake.stop()
})
