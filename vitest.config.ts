import os from 'node:os'
import { defineConfig } from 'vitest/config'
import { memoryFolder } from './scripts/lib/memory-folder.mjs'

const cores = os.availableParallelism()

export default defineConfig({
  test: {
    env: memoryFolder(),
    restoreMocks: true,
    testTimeout: 20_000,
    // Starting a process and loading all libraries anew for each file costs as much as the tests. So no test may leave anything behind.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'page',
          environment: 'jsdom',
          include: ['{,testing/}renderer/**/*.test.{ts,tsx}'],
          maxWorkers: cores,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'node',
          include: [
            '{,testing/}{shared,node,engine,electron}/**/*.test.ts',
            '{training,scripts}/**/*.test.ts',
          ],
          // These wait for the disk and for processes a third of their time.
          maxWorkers: cores + 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
