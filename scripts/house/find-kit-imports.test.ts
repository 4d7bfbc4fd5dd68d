import { expect, it } from 'vitest'
import { findKitImports } from './find-kit-imports.ts'

it('names a file of the product that imports a test kit', () => {
  const imports = ['testing/electron/service-kit.ts', 'shared/batch.ts']
  expect(
    findKitImports([
      { file: 'electron/connect.ts', imports },
      { file: 'electron/connect.test.ts', imports },
      { file: 'testing/electron/watch-runs.ts', imports },
      { file: 'e2e/steps.ts', imports },
    ]),
  ).toEqual(['electron/connect.ts imports testing/electron/service-kit.ts'])
})
