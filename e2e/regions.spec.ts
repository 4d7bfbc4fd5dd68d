import { createCanvas } from '@napi-rs/canvas'
import fs from 'node:fs'
import path from 'node:path'
import { FORMULA_SIZE } from '../testing/node/draw-formula.ts'
import { makeTurned, type FormatFile } from '../testing/node/make-formats.ts'
import { expect, test } from './fixtures.ts'
import { StandaloneEngine } from './standalone-engine.ts'
import {
  addFiles,
  addUrl,
  convert,
  imagesOf,
  rawResult,
  reviewOf,
  rowOf,
  unfoldOptions,
  waitUntilDone,
} from './steps.ts'

/** Around the 6 of `x=6`, in pixels of the picture as it is seen. In the pixels as they are stored it lies elsewhere, or outside. */
const REGION = { top_left_x: 150, top_left_y: 10, width: 70, height: 90 }

let files: FormatFile[]
test.beforeAll(async () => {
  // A telephone held upright, and the same mirrored.
  files = await Promise.all(
    ([6, 5] as const).flatMap((orientation) =>
      (['jpg', 'png', 'webp'] as const).map((kind) => makeTurned(orientation, kind)),
    ),
  )
})

test('a region drawn on a turned picture is what is read, by file and by URL', async ({
  app,
  folder,
  images,
}) => {
  const { page } = app
  const paths = files.map(({ name, bytes }) => {
    fs.writeFileSync(path.join(folder, name), bytes)
    return path.join(folder, name)
  })
  await addFiles(app, paths)
  for (const { name, bytes } of files)
    await addUrl(
      app,
      images.answer(`/${name}`, (_, response) => response.writeHead(200).end(bytes)),
    )
  const options = await unfoldOptions(page)
  for (const [name, value] of [
    ['Left', REGION.top_left_x],
    ['Top', REGION.top_left_y],
    ['Width', REGION.width],
    ['Height', REGION.height],
  ] as const) {
    await options.getByRole('textbox', { name, exact: true }).fill(String(value))
    await options.getByRole('textbox', { name, exact: true }).blur()
  }
  await convert(page)
  await waitUntilDone(page)
  const rows = imagesOf(page).getByRole('option')
  await expect(rows).toHaveCount(2 * files.length)
  for (const row of await rows.all()) {
    await row.click()
    const shown = reviewOf(page).getByRole('img').first()
    await expect
      .poll(() => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]))
      .toEqual([FORMULA_SIZE.width, FORMULA_SIZE.height])
    const [whole, drawn] = [await shown.boundingBox(), await page.locator('.region-box').boundingBox()]
    const share = (part = 0, all = 1) => Math.round((100 * part) / all)
    expect(share((drawn?.x ?? 0) - (whole?.x ?? 0), whole?.width)).toBe(
      share(REGION.top_left_x, FORMULA_SIZE.width),
    )
    expect(share(drawn?.width, whole?.width)).toBe(share(REGION.width, FORMULA_SIZE.width))
    const { latex_styled, position } = await rawResult(page)
    expect(latex_styled).toBe('6')
    expect(position?.top_left_x).toBeGreaterThanOrEqual(REGION.top_left_x)
  }
})

test('a region of a turned picture is what the built engine reads from a data URI', async () => {
  const engine = await StandaloneEngine.start()
  try {
    for (const { name, bytes } of files) {
      const answer = await fetch(`${engine.baseUrl}/v3/text`, {
        method: 'POST',
        headers: engine.headers,
        body: JSON.stringify({
          src: `data:application/octet-stream;base64,${bytes.toString('base64')}`,
          region: REGION,
          formats: ['latex_styled'],
        }),
      })
      expect([name, await answer.json()]).toEqual([name, expect.objectContaining({ latex_styled: '6' })])
    }
  } finally {
    await engine.stop()
  }
})

test('an image with several formulas is split into its blocks by a key, taken together by undo, and split again', async ({
  app,
  folder,
}) => {
  const canvas = createCanvas(400, 300)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  for (const top of [30, 130, 230])
    for (let at = 0; at < 6; at += 1) context.fillRect(40 + 30 * at, top, 16, 20)
  const file = path.join(folder, 'board.png')
  fs.writeFileSync(file, canvas.toBuffer('image/png'))
  await addFiles(app, [file])
  const { keyboard } = app.page
  const keys = () => imagesOf(app.page).getByRole('option')
  await expect(rowOf(app.page, /ready/)).toHaveCount(1)
  await keys().first().click()
  await keyboard.press('s')
  await expect(keys()).toHaveCount(3)
  await expect(rowOf(app.page, /^0001b-board/)).toBeVisible()
  await keys().first().click()
  await keyboard.press('Control+z')
  await expect(keys()).toHaveCount(1)
  await keys().first().click()
  await keyboard.press('Control+Shift+z')
  await expect(keys()).toHaveCount(3)
})
