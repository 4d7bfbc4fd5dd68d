// `npm run engine | formulift | eval | bench | train | train-spotter | test:crash -- …`: set up what the command needs, then run it.
import { runProgram } from './lib/child.mjs'
import { hasDisplay, startVirtualDisplay } from './lib/display.mjs'
import { runOrExplain, SetupProblem } from './lib/log.mjs'
import { inRoot } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

const [command = '', ...args] = process.argv.slice(2)
const node = (/** @type {string[]} */ ...rest) => runProgram(process.execPath, [...rest, ...args])
const tsx = (/** @type {string} */ script, env = process.env) =>
  runProgram(process.execPath, ['--import', 'tsx', inRoot(script), ...args], env)

/** @type {Record<string, () => Promise<number>>} */
const commands = {
  engine: async () => {
    await setUp({ build: true })
    const { tsImport } = await import('tsx/esm/api')
    const { createEngineEnvironment } = await tsImport('../shared/engine-environment.ts', import.meta.url)
    const env = createEngineEnvironment(process.env)
    return runProgram(process.execPath, [inRoot('dist-electron', 'engine.js'), ...args], env)
  },
  formulift: async () => {
    await setUp({ build: true })
    return node(inRoot('dist-electron', 'cli.js'))
  },
  eval: async () => {
    await setUp({ training: true })
    return tsx('training/eval.ts')
  },
  crash: async () => {
    await setUp({})
    return tsx('scripts/crash/main.ts')
  },
  train: async () => {
    await setUp({ training: true })
    return tsx('training/train.ts')
  },
  'train-spotter': async () => {
    await setUp({ training: true })
    return tsx('training/train-spotter.ts')
  },
  bench: async () => {
    const needsWindow = wantsWindow()
    await setUp({
      electron: needsWindow,
      virtualDisplay: needsWindow && !hasDisplay(),
      build: true,
      training: true,
    })
    if (!needsWindow || hasDisplay()) return tsx('scripts/bench/main.ts')
    const display = await startVirtualDisplay()
    try {
      return await tsx('scripts/bench/main.ts', display.env)
    } finally {
      display.stop()
    }
  },
}

/** The engine alone is timed without a window: `bench -- --only engine`. */
function wantsWindow() {
  const at = args.indexOf('--only')
  return at < 0 || args[at + 1] !== 'engine'
}

await runOrExplain(async () => {
  const run = commands[command]
  if (run === undefined)
    throw new SetupProblem(`Unknown command ${command}. There are: ${Object.keys(commands).join(', ')}`)
  return run()
})
