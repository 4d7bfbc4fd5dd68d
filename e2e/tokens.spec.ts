import fs from 'node:fs'
import path from 'node:path'
import type { Locator } from 'playwright/test'
import { FORMULA_SIZE } from '../testing/node/draw-formula.ts'
import { makeTurned } from '../testing/node/make-formats.ts'
import { expect, test } from './fixtures.ts'
import { addFiles, convert, editorOf, reviewOf, waitUntilDone } from './steps.ts'

/** Where the signs of `x=6` are drawn, by their middles, in pixels of the picture as it is seen. */
const [X, SIX, LINE] = [57, 181, 60]

/** Of a digit, in ems. */
const DIGIT_HEIGHT = 0.666

const selectionOf = (editor: Locator): Promise<string> =>
  editor.evaluate((field) => {
    const root = field.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null }
    return root.getSelection?.()?.toString() ?? ''
  })

test('a click on a sign finds it in the LaTeX, and the caret finds it in the picture', async ({
  app,
  folder,
}) => {
  const { page } = app
  // A telephone held upright: its pixels lie on their side.
  const { name, bytes } = await makeTurned(6, 'jpg')
  fs.writeFileSync(path.join(folder, name), bytes)
  await addFiles(app, [path.join(folder, name)])
  await convert(page)
  await waitUntilDone(page)
  const editor = editorOf(page)
  await expect(editor).toHaveText('x=6')

  const image = reviewOf(page).getByRole('img', { name: 'Source image' })
  const whole = await image.boundingBox()
  if (!whole) throw new Error('The picture is not shown')
  const scale = whole.width / FORMULA_SIZE.width
  await page.mouse.click(whole.x + SIX * scale, whole.y + LINE * scale)
  await expect(editor).toBeFocused()
  expect(await selectionOf(editor)).toBe('6')

  const middle = async () => {
    const box = await page.locator('.source-pane .token-box[data-held="true"]').boundingBox()
    return box ? (box.x + box.width / 2 - whole.x) / scale : NaN
  }
  expect(Math.abs((await middle()) - SIX)).toBeLessThan(8)
  await page.keyboard.press('Home')
  await expect.poll(async () => Math.abs((await middle()) - X)).toBeLessThan(8)

  // What is typed is not of the picture: nothing is in hand, and the rest keeps its place.
  await page.keyboard.type('y+')
  await expect(editor).toHaveText('y+x=6')
  await page.keyboard.press('End')
  await expect.poll(async () => Math.abs((await middle()) - SIX)).toBeLessThan(8)

  // Both are drawn with signs of one height, and move and grow as one.
  const [source, formula] = ['Image', 'Formula'].map((name) =>
    reviewOf(page).getByRole('group', { name, exact: true }),
  ) as [Locator, Locator]
  const seen = (await page.locator('.source-pane .token-box[data-held="true"]').boundingBox())?.height ?? NaN
  const em = await formula
    .locator('.katex')
    .evaluate((element) => parseFloat(getComputedStyle(element).fontSize))
  expect(seen / em).toBeGreaterThan(DIGIT_HEIGHT - 0.12)
  expect(seen / em).toBeLessThan(DIGIT_HEIGHT + 0.25)

  // What the pointer is on is shown in the image, the formula and the LaTeX.
  const typeset = await formula.locator('.katex-html .mord', { hasText: /^6$/ }).last().boundingBox()
  if (!typeset) throw new Error('The formula is not shown')
  await page.keyboard.press('Home')
  await page.mouse.move(typeset.x + typeset.width / 2, typeset.y + typeset.height / 2)
  await expect(page.locator('.token-box[data-hovered="true"]')).toHaveCount(2)
  await expect(page.locator('.editor [data-held="true"]')).toHaveText('6')
  const marked = await formula.locator('.token-box').boundingBox()
  expect(Math.abs((marked?.x ?? 0) + (marked?.width ?? 0) / 2 - typeset.x - typeset.width / 2)).toBeLessThan(
    4,
  )
  expect(Math.abs((await middle()) - SIX)).toBeLessThan(8)

  // Laid over the image each sign lies on its own.
  await source.focus()
  await page.keyboard.press('l')
  const over = await page.locator('.compare-layer .katex-html .mord', { hasText: /^6$/ }).last().boundingBox()
  expect(Math.abs(((over?.x ?? NaN) + (over?.width ?? NaN) / 2 - whole.x) / scale - SIX)).toBeLessThan(12)
  await page.keyboard.press('l')
  await expect(page.locator('.compare-layer')).toHaveCount(0)

  const scrolled = (pane: Locator) => pane.evaluate(({ scrollLeft }) => scrollLeft)
  const fit = page.getByRole('button', { name: 'Fit', exact: true })
  const center = await source.boundingBox()
  if (!center) throw new Error('The picture is not shown')
  await source.focus()
  for (const zoom of ['125 %', '150 %', '200 %', '300 %']) {
    await page.keyboard.press('+')
    await expect(page.getByRole('button', { name: zoom })).toBeVisible()
  }
  const before = [await scrolled(source), await scrolled(formula)] as const
  await page.mouse.move(center.x + center.width / 2, center.y + center.height / 2)
  await page.mouse.down()
  await page.mouse.move(center.x + center.width / 2 - 150, center.y + center.height / 2, { steps: 5 })
  await page.mouse.up()
  expect(await scrolled(source)).toBeCloseTo(before[0] + 150, 0)
  await expect.poll(() => scrolled(formula)).toBeGreaterThan(before[1] + 20)
  const after = await scrolled(source)
  await formula.evaluate((pane) => pane.scrollTo(0, pane.scrollTop))
  await expect.poll(() => scrolled(source)).toBeLessThan(after - 20)
  // The wheel with Ctrl zooms at the pointer; a double click fits.
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, 100)
  await page.keyboard.up('Control')
  await expect(page.getByRole('button', { name: '234 %' })).toBeVisible()
  await source.dblclick({ position: { x: 4, y: 4 } })
  await expect(fit).toBeVisible()
})
