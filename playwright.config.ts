import { defineConfig } from 'playwright/test'

/** One worker: the clipboard and the screen are one per display. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
})
