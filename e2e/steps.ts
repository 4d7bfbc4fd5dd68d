import type { Locator, Page } from 'playwright/test'
import type { OcrResult } from '../shared/mathpix.ts'
import { expect, type RunningApp } from './fixtures.ts'

/** What a person does in the window, by the names they see. */
export const imagesOf = (page: Page): Locator => page.getByRole('listbox', { name: 'Images' })
export const rowOf = (page: Page, name: RegExp | string): Locator =>
  imagesOf(page).getByRole('option', { name })
export const reviewOf = (page: Page): Locator => page.getByRole('region', { name: 'Review' })
export const editorOf = (page: Page): Locator => page.getByRole('textbox', { name: 'LaTeX' })

export async function addFiles(
  app: RunningApp,
  files: readonly string[],
  expected = files.length,
): Promise<void> {
  await app.drop({ files })
  await expect(imagesOf(app.page).getByRole('option')).toHaveCount(expected)
}

export async function addUrl(app: RunningApp, url: string): Promise<void> {
  const before = await imagesOf(app.page).getByRole('option').count()
  await app.drop({ items: [{ mimeType: 'text/uri-list', data: url }] })
  await expect(imagesOf(app.page).getByRole('option')).toHaveCount(before + 1)
}

/** Presses Convert and, where money is spent, confirms. */
export async function convert(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Convert/ }).click()
}

export async function convertAndPay(page: Page): Promise<void> {
  await convert(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send \d+ image/ })
    .click()
}

export async function waitUntilDone(page: Page): Promise<void> {
  await expect(imagesOf(page).getByRole('option', { name: /preparing|ready|waiting|reading/ })).toHaveCount(
    0,
    {
      timeout: 60_000,
    },
  )
}

export async function chooseMathpix(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Engine' }).selectOption({ label: 'Mathpix (global)' })
}

export async function copyAs(page: Page, format: string): Promise<void> {
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('menuitem', { name: format, exact: true }).click()
}

export const readClipboard = ({ electron }: RunningApp): Promise<string> =>
  electron.evaluate(({ clipboard }) => clipboard.readText())

/** The engine's answer for the image under review, word for word, from the details fold. */
export async function rawResult(page: Page): Promise<OcrResult> {
  const raw = page.getByLabel('Raw result')
  if ((await raw.count()) === 0) await reviewOf(page).getByText('Details').click()
  return JSON.parse(await raw.innerText()) as OcrResult
}

/** The options, all of them to be seen. */
export async function unfoldOptions(page: Page): Promise<Locator> {
  const options = page.getByRole('group', { name: 'Options', exact: true })
  await options.getByText('All options', { exact: true }).click()
  return options
}
