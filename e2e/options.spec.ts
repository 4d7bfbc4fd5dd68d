import { FakeMathpix } from '../testing/node/fake-mathpix.ts'
import { expect, sampleFiles, test } from './fixtures.ts'
import {
  addFiles,
  chooseMathpix,
  convert,
  convertAndPay,
  imagesOf,
  rawResult,
  rowOf,
  unfoldOptions,
  waitUntilDone,
} from './steps.ts'

test('options of the batch and of one image reach the wire as they were set', async ({ launch }) => {
  const mathpix = await FakeMathpix.start()
  const app = await launch({
    env: { MATHPIX_API: mathpix.origin, MATHPIX_APP_ID: 'an-app-id', MATHPIX_APP_KEY: 'an-app-key' },
  })
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 3))
  await chooseMathpix(page)
  const options = await unfoldOptions(page)

  await options.getByText('Batch', { exact: true }).click()
  await options.getByRole('checkbox', { name: 'asciimath' }).check()
  await options.getByRole('textbox', { name: 'Least confidence of an image' }).fill('0.3')
  await options.getByRole('textbox', { name: 'Least confidence of an image' }).blur()

  const json = options.getByRole('textbox', { name: 'More options (JSON)' })
  await json.fill('{ "beam_size": 3, "tags": "a" }')
  await expect(options.getByRole('status')).toHaveText('“tags” has to be a list of texts.')
  await json.fill('{ "beam_size": 3, "tags": ["a"], "metadata": { "improve_mathpix": false, "job": "42" } }')
  await json.blur()

  await rowOf(page, /^0002/).click()
  await options.getByText('This image').click()
  await options.getByRole('combobox', { name: 'Behaviour' }).selectOption('text')
  await expect(options.getByRole('button', { name: 'Reset Behaviour' })).toBeVisible()
  await options.getByRole('combobox', { name: 'Inline math between' }).selectOption('$ … $')

  await rowOf(page, /^0003/).click()
  for (const [name, value] of [
    ['Left', '10'],
    ['Top', '20'],
    ['Width', '300'],
    ['Height', '100'],
  ] as const) {
    await options.getByRole('textbox', { name }).fill(value)
    await options.getByRole('textbox', { name }).blur()
  }
  await expect(options.getByRole('button', { name: 'Reset Region (pixels)' })).toBeVisible()
  await json.fill('{ "n_best": 2 }')
  await json.blur()
  await expect(options.getByRole('button', { name: 'Reset More options (JSON)' })).toBeVisible()

  await convertAndPay(page)
  await waitUntilDone(page)
  const [body] = mathpix.batchBodies
  expect(body?.ocr_behavior).toBe('latex')
  expect([...(body?.formats ?? [])].sort()).toEqual(['asciimath', 'latex_styled', 'text'])
  expect(body?.confidence_threshold).toBe(0.3)
  expect(body?.format_options?.['latex_styled']?.transforms).toEqual(['rm_spaces'])
  expect(body).toMatchObject({
    beam_size: 3,
    tags: ['a'],
    metadata: { improve_mathpix: false, job: '42' },
  })
  const values = Object.entries(body?.urls ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value)
  expect(typeof values[0]).toBe('string')
  expect(values[1]).toMatchObject({
    ocr_behavior: 'text',
    math_inline_delimiters: ['$', '$'],
    rm_spaces: true,
  })
  expect(values[2]).toMatchObject({
    region: { top_left_x: 10, top_left_y: 20, width: 300, height: 100 },
    n_best: 2,
  })
  await mathpix.stop()
})

test('an override acts on its image alone, and a reset takes it back', async ({ app }) => {
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 2))
  const options = await unfoldOptions(page)
  await rowOf(page, /^0001/).click()
  await options.getByText('This image').click()
  await options.getByRole('combobox', { name: 'Behaviour' }).selectOption('text')
  await convert(page)
  await waitUntilDone(page)
  await expect(options.getByRole('combobox', { name: 'Preset' })).toContainText('As on the last run')
  await rowOf(page, /^0001/).click()
  expect(await rawResult(page)).toHaveProperty('confidence_rate')
  await rowOf(page, /^0002/).click()
  await expect.poll(() => rawResult(page)).toHaveProperty('latex_confidence_rate')
  await rowOf(page, /^0001/).click()

  await options.getByRole('button', { name: 'Reset Behaviour' }).click()
  await expect(options.getByRole('combobox', { name: 'Behaviour' })).toHaveValue('latex')
  await expect(options.getByRole('button', { name: 'Reset Behaviour' })).toHaveCount(0)
})

test('a region is what the engine reads, and one outside the image is refused in the form', async ({
  app,
}) => {
  const { page } = app
  await addFiles(app, sampleFiles().slice(1, 2))
  // It may still be prepared: what is outside of it is told as soon as its size is known.
  await imagesOf(page).getByRole('option').first().click()
  const options = await unfoldOptions(page)
  await options.getByText('This image').click()
  const type = async (values: readonly (readonly [string, string])[]) => {
    for (const [name, value] of values) {
      await options.getByRole('textbox', { name, exact: true }).fill(value)
      await options.getByRole('textbox', { name, exact: true }).blur()
    }
  }
  await type([
    ['Left', '5000'],
    ['Top', '0'],
    ['Width', '40'],
    ['Height', '40'],
  ])
  await expect(options.getByRole('alert')).toContainText(/outside the image/)

  await type([
    ['Left', '300'],
    ['Width', '500'],
    ['Height', '320'],
  ])
  await expect(options.getByRole('alert')).toHaveCount(0)
  await convert(page)
  await waitUntilDone(page)
  const { position, latex_styled } = await rawResult(page)
  // The image says more at both sides.
  expect(latex_styled).toMatch(/^5 x-8=/)
  expect(position?.top_left_x).toBeGreaterThanOrEqual(300)
  expect((position?.top_left_x ?? 0) + (position?.width ?? 0)).toBeLessThanOrEqual(800)
})
