import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { expect, sampleFiles, test } from './fixtures.ts'
import { addFiles, convert, editorOf, imagesOf, waitUntilDone } from './steps.ts'

/** What a screen reader or a keyboard would stumble over, by the rules of axe; one line for each. */
async function findProblems(page: Page): Promise<string[]> {
  // Electron has no second page for axe to open, which only its legacy mode does without.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the empty window, results and options have no accessibility problems (${colorScheme})`, async ({
    app,
  }) => {
    const { page } = app
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await findProblems(page)).toEqual([])
    await addFiles(app, sampleFiles().slice(0, 2))
    await convert(page)
    await waitUntilDone(page)
    await imagesOf(page).getByRole('option').first().click()
    expect(await findProblems(page)).toEqual([])
    await editorOf(page).fill('x^2+\\foo{y}')
    await expect(page.getByRole('alert')).toBeVisible()
    await page.getByRole('button', { name: 'Compare with original' }).click()
    expect(await findProblems(page)).toEqual([])
    await page.keyboard.press('Control+f')
    const find = page.getByRole('dialog', { name: 'Find and replace' })
    await find.getByRole('textbox', { name: 'Find' }).fill('x')
    await find.getByRole('textbox', { name: 'Replace by' }).fill('z')
    await expect(find.getByRole('listitem').first()).toBeVisible()
    expect(await findProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await findProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Keyboard…' }).click()
    await page.getByRole('button', { name: 'Key for Flag: F' }).click()
    expect(await findProblems(page)).toEqual([])
  })
}

test('images are reviewed with the keyboard alone', async ({ app }) => {
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 2))
  await convert(page)
  await waitUntilDone(page)
  await imagesOf(page).getByRole('option').first().click()
  await imagesOf(page).focus()
  await page.keyboard.press('f')
  await expect(imagesOf(page).getByRole('option', { name: /^0001.*flagged/ })).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(imagesOf(page).getByRole('option', { name: /^0002/, selected: true })).toHaveCount(1)
  await page.keyboard.press('e')
  await expect(page.getByRole('textbox', { name: 'LaTeX' })).toBeFocused()
})

test('a key of one’s own works, also after a restart', async ({ app, launch }) => {
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 1))
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Keyboard…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Keyboard' })
  await dialog.getByRole('button', { name: 'Key for Flag: F' }).click()
  await page.keyboard.press('j')
  await expect(dialog.getByRole('status')).toHaveText('J is taken by “Next image”.')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Key for Flag: F' }).click()
  await page.keyboard.press('m')
  await expect(dialog.getByRole('button', { name: 'Key for Flag: M' })).toBeVisible()
  await app.quit()

  const again = await launch()
  await imagesOf(again.page).getByRole('option').first().click()
  await imagesOf(again.page).focus()
  await again.page.keyboard.press('f')
  await again.page.keyboard.press('m')
  await expect(imagesOf(again.page).getByRole('option', { name: /flagged/ })).toHaveCount(1)
  await expect(again.page.getByRole('button', { name: 'Flag', exact: true })).toHaveAttribute(
    'title',
    'Flag (M)',
  )
})
