import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { terminalLines } from '../shared/terminal-text.ts'
import { addLanguageFolders } from './prose/language-data.ts'
import { watchParent } from './parent-watch.ts'
import { readCommandLine, USAGE, type CommandLine } from './settings.ts'
import { startEngine, type RunningEngine } from './start-engine.ts'
import { createWorkerPool } from './worker-pool.ts'

/** The engine process. stdout carries one JSON line, `{"event":"listening","port":N}`; everything else goes to stderr. */
const log = (line: string): void => {
  process.stderr.write(`${terminalLines(line)}\n`)
}

/** Beside the sources when run from them, in the sources' folder when run from the build beside it. */
const isSource = import.meta.url.endsWith('.ts')
const workerFile = isSource ? './source-worker.mjs' : './recognise-worker.js'
const modelFolder = isSource ? './model' : '../engine/model'

async function run(commandLine: CommandLine): Promise<RunningEngine> {
  const { modelDir = fileURLToPath(new URL(modelFolder, import.meta.url)), ...settings } = commandLine
  addLanguageFolders([join(settings.dataDir, 'languages'), join(modelDir, '../languages')])
  const recogniser = createWorkerPool({
    workerUrl: new URL(workerFile, import.meta.url),
    // A small machine has nothing better to do than to read; a large one keeps a core for the window.
    size: Math.max(2, availableParallelism() - 1),
    start: { modelDir },
    log,
  })
  const engine = await startEngine({ ...settings, recogniser, log })
  process.stdout.write(`${JSON.stringify({ event: 'listening', port: engine.port })}\n`)
  return engine
}

function readOrExplain(): CommandLine {
  try {
    return readCommandLine(process.argv.slice(2), process.env)
  } catch (error) {
    log(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
    process.exit(2)
  }
}

const commandLine = readOrExplain()
const running = run(commandLine)
watchParent(() => void running.then((engine) => engine.close()).finally(() => process.exit(0)), {
  isBound: commandLine.isBoundToParent,
})
running.catch((error: unknown) => {
  log(`the engine did not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
