import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createEngineEnvironment, omitForeignVariables } from '../shared/engine-environment.ts'
import type { EngineHandle } from './local-engine.ts'
import type { Log } from './log.ts'

/** Starts the built engine as a child of plain Node. `entry` is the built `engine.js`. */
export function startEngineChild(entry: string, dataDir: string, log: Log): EngineHandle {
  mkdirSync(dataDir, { recursive: true })
  const child = spawn(process.execPath, [entry, '--data', dataDir, '--exit-with-parent'], {
    env: createEngineEnvironment(omitForeignVariables(process.env)),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  child.stdin.on('error', () => undefined)
  createInterface({ input: child.stderr }).on('line', (line) => log.info('engine', { says: line }))
  const lines = createInterface({ input: child.stdout })
  return {
    onLine: (listener) => void lines.on('line', listener),
    onExit: (listener) => {
      child.once('exit', listener)
      child.once('error', () => listener(null))
    },
    // The engine ends itself when its stdin does; the signal is for platforms that deliver it.
    stop: () => {
      child.stdin.end()
      child.kill('SIGTERM')
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
