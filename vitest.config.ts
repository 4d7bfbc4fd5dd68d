import os from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    restoreMocks: true,
    testTimeout: 20_000,
    // Starting a process and loading the libraries anew for each file would cost more than the tests: none leaves anything behind.
    isolate: false,
    maxWorkers: os.availableParallelism(),
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['{shared,engine,electron,training,scripts}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'page', environment: 'jsdom', include: ['renderer/**/*.test.{ts,tsx}'] },
      },
    ],
  },
})
