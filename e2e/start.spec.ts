import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, sampleFiles, test } from './fixtures.ts'
import { addFiles, convert, waitUntilDone } from './steps.ts'

test('what stands in the way of the settings is set aside, and of the batches is named', async ({
  launch,
  userData,
}) => {
  fs.mkdirSync(path.join(userData, 'formulift.json'))
  fs.writeFileSync(path.join(userData, 'batches'), 'in the way')
  const app = await launch()
  for (const said of [
    /damaged and set aside as formulift\.json\.damaged/,
    /A file stands where the folder of the app should be\. No batch/,
  ])
    await expect(app.page.getByText(said).first()).toBeVisible()
})

test('pipes where files should be do not hold up the start', async ({ launch, userData }) => {
  const batch = path.join(userData, 'batches', 'x')
  for (const dir of [batch, path.join(userData, 'engine'), path.join(userData, 'logs')])
    fs.mkdirSync(dir, { recursive: true })
  const pipes = ['formulift.json', 'spending.jsonl', 'batches/origin.json', 'batches/x/journal.jsonl']
  for (const name of [...pipes, 'engine/port', 'engine/credentials.json', 'logs/formulift.log'])
    execFileSync('mkfifo', [path.join(userData, name)])
  const app = await launch()
  for (const said of [/set aside as formulift\.json\.damaged/, /A batch could not be read and was set aside/])
    await expect(app.page.getByText(said).first()).toBeVisible()
  await addFiles(app, sampleFiles().slice(0, 1))
  await convert(app.page)
  await waitUntilDone(app.page)
})

test('what stands in the way of the engine is named, and the window works', async ({ launch, userData }) => {
  fs.writeFileSync(path.join(userData, 'engine'), 'in the way')
  const app = await launch()
  await addFiles(app, sampleFiles().slice(0, 1))
  await expect(app.page.getByText(/The engine cannot start/).first()).toBeVisible()
})
