import fs from 'node:fs'
import path from 'node:path'
import { expect, sampleFiles, test } from './fixtures.ts'
import {
  addFiles,
  addUrl,
  convert,
  copyAs,
  editorOf,
  imagesOf,
  readClipboard,
  reviewOf,
  rowOf,
  waitUntilDone,
} from './steps.ts'

test('two files and a URL become LaTeX that can be edited and copied', async ({ app, images }) => {
  const { page } = app
  const [first = '', second = '', third = ''] = sampleFiles()
  await addFiles(app, [first, second])
  await addUrl(app, images.serve(third))
  await convert(page)
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(0)

  await imagesOf(page).getByRole('option').first().click()
  const review = reviewOf(page)
  await expect(editorOf(page)).not.toHaveText('')
  await expect(review.locator('.katex').first()).toBeVisible()
  const reading = await editorOf(page).innerText()

  await editorOf(page).fill('\\frac{a+b}{c}=42')
  await expect(review.locator('.katex .mfrac').first()).toBeVisible()
  await copyAs(page, 'LaTeX')
  await expect.poll(() => readClipboard(app)).toBe('\\frac{a+b}{c}=42')
  await copyAs(page, '$…$')
  await expect.poll(() => readClipboard(app)).toBe('$\\frac{a+b}{c}=42$')

  await page.getByRole('button', { name: 'Revert to original' }).click()
  await expect(editorOf(page)).toHaveText(reading)

  await page.getByRole('button', { name: 'Copy all' }).click()
  await expect
    .poll(async () => (await readClipboard(app)).trim().split('\n').length)
    .toBeGreaterThanOrEqual(3)
})

test('a broken file and a missing URL fail by themselves, in words, and the rest succeeds', async ({
  app,
  images,
  folder,
}) => {
  const { page } = app
  const [good = ''] = sampleFiles()
  const broken = path.join(folder, 'broken.png')
  fs.writeFileSync(broken, 'this is no image')
  await addFiles(app, [good, broken])
  await addUrl(app, `${images.origin}/nothing-here.png`)
  await convert(page)
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(2)

  await rowOf(page, /broken/).click()
  await expect(reviewOf(page)).toContainText(
    /not a supported image|not an image|could not be read as an image/i,
  )
  await rowOf(page, /nothing-here/).click()
  await expect(reviewOf(page)).toContainText(/could not be downloaded/i)
  await imagesOf(page).getByRole('option').first().click()
  await expect(editorOf(page)).not.toHaveText('')
})

test('a formula with a mistake shows the place of the mistake, and can still be copied', async ({ app }) => {
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 1))
  await convert(page)
  await waitUntilDone(page)
  await imagesOf(page).getByRole('option').first().click()
  await editorOf(page).fill('x + \\frac{1}{')
  await expect(reviewOf(page).getByRole('alert')).toBeVisible()
  await copyAs(page, 'LaTeX')
  await expect.poll(() => readClipboard(app)).toBe('x + \\frac{1}{')

  // What can be typeset is offered while one types, with a place for each argument.
  await editorOf(page).fill('x')
  await editorOf(page).press('End')
  await page.keyboard.type('+\\fra')
  await expect(page.getByRole('option', { name: '\\frac', exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('1')
  await page.keyboard.press('Tab')
  await page.keyboard.type('2')
  await expect(editorOf(page)).toHaveText('x+\\frac{1}{2}')
  await expect(reviewOf(page).getByRole('alert')).toHaveCount(0)

  // An expression without end does not hang the window, and one with an end changes the result.
  await editorOf(page).fill(`${'a'.repeat(40)}!`)
  await page.keyboard.press('Control+f')
  const dialog = page.getByRole('dialog', { name: 'Find and replace' })
  await dialog.getByRole('combobox', { name: 'As' }).selectOption('Regular expression')
  await dialog.getByRole('textbox', { name: 'Find' }).fill('(a+)+$')
  await expect(dialog.getByRole('status')).toHaveText(/takes too long/)
  await dialog.getByRole('textbox', { name: 'Find' }).fill('(a)+!')
  await dialog.getByRole('textbox', { name: 'Replace by' }).fill('$1^2')
  await dialog.getByRole('button', { name: 'Replace in 1 result' }).click()
  await expect(editorOf(page)).toHaveText('a^2')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(editorOf(page)).toHaveText(`${'a'.repeat(40)}!`)
})

test('the samples are one click away and are read with no key and no network', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: 'Try the samples' }).click()
  await expect(imagesOf(page).getByRole('option').first()).toBeVisible()
  await page.getByRole('button', { name: `Convert ${sampleFiles().length} images` }).click()
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(0)
})

test('a folder is added whole, in the order of its names', async ({ app, folder }) => {
  const [file = ''] = sampleFiles()
  const bytes = fs.readFileSync(file)
  fs.mkdirSync(path.join(folder, 'chapter', 'part'), { recursive: true })
  // A trailing byte makes each its own image: files with the same content are offered once.
  for (const [index, name] of ['10.jpg', '2.jpg', 'part/1.jpg'].entries()) {
    fs.writeFileSync(path.join(folder, 'chapter', name), Buffer.concat([bytes, Buffer.from([index])]))
  }
  await addFiles(app, [path.join(folder, 'chapter')], 3)
  const names = await imagesOf(app.page)
    .getByRole('option')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''))
  expect(names.map((name) => name.split(',')[0])).toEqual(['0001-2', '0002-10', '0003-1'])
})
