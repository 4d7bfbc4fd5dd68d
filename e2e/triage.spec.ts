import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright/test'
import type { BatchHead, Item } from '../shared/batch.ts'
import { makeItemId, makeKey } from '../shared/item-keys.ts'
import { DEFAULT_OPTIONS } from '../shared/parameters.ts'
import { expect, test } from './fixtures.ts'
import { editorOf, imagesOf } from './steps.ts'

const COUNT = 200
const FAILED = [50, 150]
const DOUBTFUL = [7, 77, 177]

/** Two hundred images that were read: two failed, three are doubtful. */
function makeItems(): Item[] {
  return Array.from({ length: COUNT }, (_, index): Item => {
    const position = index + 1
    const name = `page-${position}.png`
    const common = {
      id: makeItemId(position),
      key: makeKey(position, name),
      source: { kind: 'file', name } as const,
      overrides: {},
      flagged: false,
      accepted: false,
    }
    if (FAILED.includes(position))
      return { ...common, state: 'error', error: { kind: 'engine', message: 'It stopped' } }
    const confidence = DOUBTFUL.includes(position) ? 0.6 : 0.97
    const latex = `x_{${position}}=\\frac{${position}}{2}`
    return { ...common, state: 'completed', result: { latex_styled: latex, latex_confidence: confidence } }
  })
}

function keepBatch(userData: string): void {
  const head: BatchHead = {
    id: 'review',
    name: 'Two hundred',
    createdAt: '2026-01-01T00:00:00.000Z',
    engine: { kind: 'local' },
    options: DEFAULT_OPTIONS,
    submissions: [],
  }
  const folder = path.join(userData, 'batches', head.id)
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'journal.jsonl'), `${JSON.stringify({ head, items: makeItems() })}\n`)
}

const countsOf = (page: Page) => page.getByRole('group', { name: 'Show' })

test('two hundred results are reviewed with the keyboard alone', async ({ launch, userData }) => {
  test.slow()
  keepBatch(userData)
  const { page } = await launch()
  const { keyboard } = page
  const press = async (key: string, times = 1) => {
    for (let time = 0; time < times; time += 1) await keyboard.press(key)
  }
  const isAt = (position: number) =>
    expect(
      imagesOf(page).getByRole('option', {
        name: new RegExp(`^${String(position).padStart(4, '0')}-`),
        selected: true,
      }),
    ).toHaveCount(1)
  await expect(countsOf(page)).toHaveText('All 200New 195Look 3Failed 2')
  const list = imagesOf(page)
  await expect(async () => {
    await keyboard.press('Tab')
    await expect(list).toBeFocused({ timeout: 100 })
  }).toPass()

  // From doubt to doubt and failure to failure first, then everything from the beginning.
  await press('n')
  await isAt(7)
  await press('n')
  await isAt(50)
  await press('Home')
  await press('Enter', 9)
  await isAt(10)
  await press('f')
  await press('Enter')
  await press('e')
  await expect(editorOf(page)).toBeFocused()
  await press('End')
  await keyboard.type('+1')
  await press('Control+Enter')
  await isAt(12)
  // The next is edited at once.
  await expect(editorOf(page)).toBeFocused()
  await press('Escape')
  await expect(list).toBeFocused()
  await press('Enter', COUNT - 11)
  await expect(countsOf(page)).toHaveText('All 200Accepted 198Edited 1Flagged 1Failed 2')

  // The last of it back and again, then what was flagged alone.
  await press('Control+z')
  await expect(countsOf(page)).toContainText('Accepted 197')
  await press('Control+Shift+z')
  await expect(countsOf(page)).toContainText('Accepted 198')
  await press('Shift+Tab', 2)
  await expect(page.getByRole('button', { name: 'Flagged 1' })).toBeFocused()
  await press('Enter')
  await expect(list.getByRole('option')).toHaveCount(1)
})
