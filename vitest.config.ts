import os from 'node:os'
import { defineConfig } from 'vitest/config'
import { memoryFolder } from './scripts/lib/memory-folder.mjs'

export default defineConfig({
  test: {
    env: memoryFolder(),
    restoreMocks: true,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Starting a process and loading all libraries anew for each file costs as much as the tests. So no test may leave anything behind.
    isolate: false,
    // They wait for processes, for sockets and for the disk a third of their time.
    maxWorkers: os.availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['{,testing/}renderer/**/*.test.{ts,tsx}'],
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
        },
      },
    ],
  },
})
