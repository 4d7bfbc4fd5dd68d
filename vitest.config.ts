import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{shared,engine,electron,renderer,training,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
})
