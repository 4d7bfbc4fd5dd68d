import { expect, it } from 'vitest'
import { findElectron } from './find-electron.ts'

it('names files that reach for Electron outside of its room, however they do', () => {
  const texts = [
    "import { app } from 'electron'",
    "import type { App } from 'electron/main'",
    'const { app } = await import("electron")',
    "require('electron')",
  ]
  const files = texts.flatMap((text, at) => [
    { file: `electron/batch/${String(at)}.ts`, text },
    { file: `electron/desktop/${String(at)}.ts`, text },
    { file: `e2e/${String(at)}.ts`, text },
  ])
  expect(findElectron([...files, { file: 'electron/log.ts', text: "import '../electron/log.ts'" }])).toEqual(
    texts.map((_, at) => `electron/batch/${String(at)}.ts`),
  )
})
