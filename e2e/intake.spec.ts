import fs from 'node:fs'
import path from 'node:path'
import { expect, sampleFiles, test, type RunningApp } from './fixtures.ts'
import { addFiles, convert, editorOf, imagesOf, rowOf, waitUntilDone } from './steps.ts'

const paste = async ({ electron }: RunningApp) => {
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.paste())
}

test('a bitmap and a list of addresses are pasted', async ({ app, images }) => {
  const rows = imagesOf(app.page).getByRole('option')
  const [first = '', second = ''] = sampleFiles()
  const png = fs.readFileSync(path.join('samples', '04-integral.png')).toString('base64')
  await app.electron.evaluate(({ clipboard, nativeImage }, data) => {
    clipboard.writeImage(nativeImage.createFromDataURL(`data:image/png;base64,${data}`))
  }, png)
  await paste(app)
  await expect(rows).toHaveCount(1)

  const text = `${images.serve(first)}\n${images.serve(second)}\n`
  await app.electron.evaluate(({ clipboard }, lines) => clipboard.writeText(lines), text)
  await paste(app)
  await expect(rows).toHaveCount(3)
  await expect(app.page.getByRole('button', { name: 'Convert 3 images' })).toBeEnabled()
})

test('files are picked in the system’s dialog', async ({ app }) => {
  const [file = ''] = sampleFiles()
  await app.electron.evaluate(({ dialog }, picked) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [picked] })
  }, file)
  await app.page.getByRole('button', { name: 'Add…' }).click()
  await expect(rowOf(app.page, /circle/)).toHaveCount(1)
})

test('a picture of a web page comes by its address', async ({ app, images }) => {
  const url = images.serve(sampleFiles()[0] ?? '')
  await app.drop({ items: [{ mimeType: 'text/html', data: `<p>A <img src="${url}" alt=""> here</p>` }] })
  await expect(imagesOf(app.page).getByRole('option')).toHaveCount(1)
})

test('the same file twice is offered once, and an image is removed and brought back', async ({ app }) => {
  const { page } = app
  const [first = '', second = ''] = sampleFiles()
  await addFiles(app, [first, second])
  await app.drop({ files: [first] })
  await expect(page.getByText(/already/).first()).toBeVisible()
  await expect(imagesOf(page).getByRole('option')).toHaveCount(2)

  await rowOf(page, /^0001/).click()
  await imagesOf(page).focus()
  await page.keyboard.press('Delete')
  await expect(imagesOf(page).getByRole('option')).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, /^0001/)).toHaveCount(1)
})

test('running an image again keeps its edit', async ({ app }) => {
  const { page } = app
  await addFiles(app, sampleFiles().slice(0, 1))
  await convert(page)
  await waitUntilDone(page)
  await rowOf(page, /^0001/).click()
  await editorOf(page).fill('x=1')
  await expect(rowOf(page, /edited/)).toHaveCount(1)
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  await waitUntilDone(page)
  await expect(editorOf(page)).toHaveText('x=1')
})
