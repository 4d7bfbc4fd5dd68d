// `npm start`: the window where there is a display; without one, the main job on the sample images, in the terminal.
import { runProgram } from './lib/child.mjs'
import { hasDisplay } from './lib/display.mjs'
import { electronPath } from './lib/electron-runtime.mjs'
import { log, runOrExplain } from './lib/log.mjs'
import { inRoot } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

await runOrExplain(async () => {
  if (!hasDisplay()) {
    await setUp({ build: true })
    log('no display here, so no window: converting samples/ through the embedded engine instead')
    const data = inRoot('node_modules', '.cache', 'formulift')
    return runProgram(process.execPath, [
      inRoot('dist-electron', 'cli.js'),
      ...['convert', 'samples', '--data', data],
    ])
  }
  await setUp({ electron: true, build: true })
  const { sandboxArguments } = await import('./lib/sandbox.mjs')
  return runProgram(electronPath(), [...sandboxArguments(), '.', ...process.argv.slice(2)])
})
