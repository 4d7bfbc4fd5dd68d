// The end-to-end tests, on virtual displays of their own unless E2E_DISPLAY=1 asks for the visible one.
import { runProgram } from './lib/child.mjs'
import { runOrExplain } from './lib/log.mjs'
import { memoryFolder } from './lib/memory-folder.mjs'
import { inRoot } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

await runOrExplain(async () => {
  await setUp({ electron: true, virtualDisplay: true, build: true })
  const args = [inRoot('node_modules', 'playwright', 'cli.js'), 'test', ...process.argv.slice(2)]
  return runProgram(process.execPath, args, { ...process.env, ...memoryFolder() })
})
