// The end-to-end tests, on a virtual display of their own unless E2E_DISPLAY=1 asks for the visible one.
import { runProgram } from './lib/child.mjs'
import { startVirtualDisplay } from './lib/display.mjs'
import { runOrExplain } from './lib/log.mjs'
import { inRoot } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

await runOrExplain(async () => {
  await setUp({ electron: true, virtualDisplay: true, build: true })
  const args = [inRoot('node_modules', 'playwright', 'cli.js'), 'test', ...process.argv.slice(2)]
  if (process.platform !== 'linux' || process.env['E2E_DISPLAY'] === '1')
    return runProgram(process.execPath, args)
  const display = await startVirtualDisplay()
  try {
    return await runProgram(process.execPath, args, display.env)
  } finally {
    display.stop()
  }
})
