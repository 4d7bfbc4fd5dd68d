import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test('what stands in the way of the settings is set aside, and of batches and engine is named', async ({
  launch,
  userData,
}) => {
  fs.mkdirSync(path.join(userData, 'formulift.json'))
  for (const name of ['batches', 'engine']) fs.writeFileSync(path.join(userData, name), 'in the way')
  const app = await launch()
  for (const said of [
    /damaged and set aside as formulift\.json\.damaged/,
    /A file stands where the folder of the app should be\. No batch/,
    /The engine cannot start/,
  ])
    await expect(app.page.getByText(said).first()).toBeVisible()
})
