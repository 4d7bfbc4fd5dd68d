import fs from 'node:fs'
import path from 'node:path'
import { expect, sampleFiles, test } from './fixtures.ts'
import { addFiles, addUrl, convert, editorOf, imagesOf, reviewOf, rowOf, waitUntilDone } from './steps.ts'

/** Each is no image that can be read; the window has to say so in words at the item. */
const UNREADABLE: readonly [name: string, content: Buffer | string, words: RegExp][] = [
  ['empty.png', '', /empty/i],
  ['garbage.jpg', 'no image at all', /not a supported image|could not be read/i],
  ['cut.png', Buffer.from('89504e470d0a1a0a0000000d49484452000000ff', 'hex'), /could not be read|damaged/i],
  [
    'broken.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect',
    /could not be read|damaged/i,
  ],
  ['paper.pdf', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n', /PDF/],
  [
    'phone.heic',
    Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypheic'), Buffer.alloc(64)]),
    /could not be read|damaged/i,
  ],
]

test('files that are no images become errors with their reason, beside an image that works', async ({
  app,
  folder,
}) => {
  const { page } = app
  const [good = ''] = sampleFiles()
  const files = UNREADABLE.map(([name, content]) => {
    fs.writeFileSync(path.join(folder, name), content)
    return path.join(folder, name)
  })
  await addFiles(app, [...files, good])
  await convert(page)
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(UNREADABLE.length)
  for (const [index, [, , words]] of UNREADABLE.entries()) {
    await imagesOf(page).getByRole('option').nth(index).click()
    await expect(reviewOf(page)).toContainText(words)
  }
  await imagesOf(page).getByRole('option').last().click()
  await expect(editorOf(page)).not.toHaveText('')
})

test('a folder named like an image is a folder', async ({ app, folder }) => {
  const [good = ''] = sampleFiles()
  fs.mkdirSync(path.join(folder, 'x.png'))
  fs.copyFileSync(good, path.join(folder, 'x.png', 'inside.jpg'))
  await addFiles(app, [path.join(folder, 'x.png')], 1)
  await expect(rowOf(app.page, /inside/)).toHaveCount(1)
})

test('names with every odd character are added, read and kept apart', async ({ app, folder }) => {
  const { page } = app
  const bytes = fs.readFileSync(sampleFiles()[1] ?? '')
  const names = ['a#b.jpg', 'a?b.jpg', 'a%20b.jpg', 'a"b.jpg', '<b>.jpg', '🧮 Formel.jpg']
  const files = names.map((name, index) => {
    fs.writeFileSync(path.join(folder, name), Buffer.concat([bytes, Buffer.from([index])]))
    return path.join(folder, name)
  })
  await addFiles(app, files)
  await convert(page)
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(0)
})

test('addresses that lead nowhere good are errors at their item', async ({ app, images }) => {
  const { page } = app
  const html = images.answer('/page.png', (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>A page</h1>'),
  )
  const loop = images.answer('/loop.png', (_, response) =>
    response.writeHead(302, { location: '/loop.png' }).end(),
  )
  const withPassword = images.origin.replace('http://', 'http://user:hunter2@') + '/secret.png'
  for (const url of [html, loop, withPassword]) await addUrl(app, url)
  await addFiles(app, sampleFiles().slice(0, 1), 4)
  await convert(page)
  await waitUntilDone(page)
  await expect(rowOf(page, /failed/)).toHaveCount(3)
  expect(await page.content()).not.toContain('hunter2')
})

test('a very large photograph is read or refused in words, and the app goes on', async ({ app, folder }) => {
  const { page } = app
  const file = path.join(folder, 'huge.bmp')
  // 50 megapixels, one byte each: a grey page with nothing on it.
  fs.writeFileSync(file, makeBitmap(10_000, 5_000, Buffer.alloc(50_000_000, 230)))
  await addFiles(app, [file, sampleFiles()[0] ?? ''])
  await convert(page)
  await waitUntilDone(page)
  await rowOf(page, /^0001/).click()
  await expect(reviewOf(page)).toContainText(/too large|no formula|nothing|blank|content/i)
  await expect(rowOf(page, /^0002.*failed/)).toHaveCount(0)
})

/** A sample with its number behind the picture, where no reader looks: no two are the same file. */
function numbered(sample: Buffer, number: number): Buffer {
  return Buffer.concat([sample, Buffer.from(String(number))])
}

/** An 8-bit greyscale BMP; the width has to be a multiple of 4. */
function makeBitmap(width: number, height: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(54 + 1024)
  header.write('BM')
  header.writeUInt32LE(header.length + pixels.length, 2)
  header.writeUInt32LE(header.length, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(8, 28)
  for (let grey = 0; grey < 256; grey += 1) header.fill(grey, 54 + grey * 4, 57 + grey * 4)
  return Buffer.concat([header, pixels])
}

test('five hundred files at once appear at once and are all read or explained', async ({ app, folder }) => {
  test.setTimeout(240_000)
  const { page } = app
  const integral = fs.readFileSync(sampleFiles().find((file) => file.endsWith('04-integral.png')) ?? '')
  const files = Array.from({ length: 500 }, (_, index) => {
    const file = path.join(folder, `photo-${String(index).padStart(3, '0')}.png`)
    fs.writeFileSync(file, index % 50 === 7 ? `broken ${index}` : numbered(integral, index))
    return file
  })
  await app.drop({ files })
  await expect(page.getByRole('button', { name: 'Convert 490 images' })).toBeEnabled({ timeout: 60_000 })
  await convert(page)
  await expect(page.getByText('500 · 490 done', { exact: true })).toBeVisible({ timeout: 180_000 })
  await expect(page.getByRole('button', { name: 'Failed 10' })).toBeVisible()
})
