import fs from 'node:fs'
import path from 'node:path'
import { expect, sampleFiles, test } from './fixtures.ts'

const readClipboard = (app: {
  electron: { evaluate: <T>(f: (e: typeof import('electron')) => T) => Promise<T> }
}) => app.electron.evaluate(({ clipboard }) => clipboard.readText())

test('two files and a URL become LaTeX that can be edited and copied', async ({ app, images }) => {
  const { page } = app
  const [first = '', second = '', third = ''] = sampleFiles()
  await app.drop({ files: [first, second] })
  const list = page.getByRole('listbox', { name: 'Images' })
  await expect(list.getByRole('option')).toHaveCount(2)
  await app.drop({ items: [{ mimeType: 'text/uri-list', data: images.serve(third) }] })
  await expect(list.getByRole('option')).toHaveCount(3)

  await page.getByRole('button', { name: /^Convert 3 images/ }).click()
  await expect(list.getByRole('option', { name: /pending|reading|waiting/i })).toHaveCount(0, {
    timeout: 60_000,
  })

  await list.getByRole('option').first().click()
  const editor = page.getByRole('textbox', { name: 'LaTeX' })
  await expect(editor).not.toHaveValue('')
  const review = page.getByRole('region', { name: 'Review' })
  await expect(review.locator('.katex').first()).toBeVisible()
  const reading = await editor.inputValue()

  await editor.fill('\\frac{a+b}{c}=42')
  await expect(review.locator('.katex .mfrac').first()).toBeVisible()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page
    .getByRole('menuitem', { name: 'LaTeX', exact: true })
    .or(page.getByRole('menuitemradio', { name: 'LaTeX', exact: true }))
    .click()
  await expect.poll(() => readClipboard(app)).toBe('\\frac{a+b}{c}=42')

  await page.getByRole('button', { name: 'Revert to original' }).click()
  await expect(editor).toHaveValue(reading)
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
  await app.drop({ files: [good, broken] })
  await app.drop({ items: [{ mimeType: 'text/uri-list', data: `${images.origin}/nothing-here.png` }] })
  const list = page.getByRole('listbox', { name: 'Images' })
  await expect(list.getByRole('option')).toHaveCount(3)
  await page.getByRole('button', { name: /^Convert/ }).click()
  await expect(list.getByRole('option', { name: /failed/i })).toHaveCount(2, { timeout: 60_000 })

  const review = page.getByRole('region', { name: 'Review' })
  await list.getByRole('option', { name: /broken/ }).click()
  await expect(review).toContainText(/not (a supported|an) image|cannot be read|could not be read/i)
  await list.getByRole('option', { name: /nothing-here/ }).click()
  await expect(review).toContainText(/could not be (downloaded|fetched)|download/i)
  await list.getByRole('option').first().click()
  await expect(page.getByRole('textbox', { name: 'LaTeX' })).not.toHaveValue('')
})

test('a formula with a mistake is shown with the place of the mistake, and can still be copied', async ({
  app,
}) => {
  const { page } = app
  await app.drop({ files: sampleFiles().slice(0, 1) })
  await page.getByRole('button', { name: /^Convert/ }).click()
  const editor = page.getByRole('textbox', { name: 'LaTeX' })
  await expect(editor).not.toHaveValue('', { timeout: 60_000 })
  await editor.fill('x + \\frac{1}{')
  await expect(page.getByRole('region', { name: 'Review' }).getByRole('alert')).toBeVisible()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page
    .getByRole('menuitem', { name: 'LaTeX', exact: true })
    .or(page.getByRole('menuitemradio', { name: 'LaTeX', exact: true }))
    .click()
  await expect.poll(() => readClipboard(app)).toBe('x + \\frac{1}{')
})

test('the samples are one click away', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: 'Try the samples' }).click()
  await expect(page.getByRole('listbox', { name: 'Images' }).getByRole('option').first()).toBeVisible()
  await expect(page.getByRole('button', { name: `Convert ${sampleFiles().length} images` })).toBeEnabled()
})
