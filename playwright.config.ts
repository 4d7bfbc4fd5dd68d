import os from 'node:os'
import { defineConfig } from 'playwright/test'

/** Each worker has a display of its own. A visible one is shared, with its clipboard. */
const hasOwnDisplays = process.platform === 'linux' && process.env['E2E_DISPLAY'] !== '1'

export default defineConfig({
  testDir: 'e2e',
  workers: hasOwnDisplays ? Math.min(os.availableParallelism(), 4) : 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
})
