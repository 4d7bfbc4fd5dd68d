import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { utilityProcess } from 'electron'
import { omitForeignVariables } from '../../shared/engine-environment.ts'
import type { EngineHandle } from '../local-engine.ts'
import type { Log } from '../log.ts'

/** Starts the built engine as a utility process of the app, which ends with the app whatever happens. */
export function startEngineProcess(
  entry: string,
  { dataDir, modelDir }: { readonly dataDir: string; readonly modelDir: string },
  log: Log,
): EngineHandle {
  mkdirSync(dataDir, { recursive: true })
  const child = utilityProcess.fork(entry, ['--data', dataDir, '--model', modelDir], {
    env: omitForeignVariables(process.env),
    stdio: 'pipe',
    serviceName: 'Formulift engine',
  })
  const lines = createInterface({ input: readableOf(child.stdout) })
  createInterface({ input: readableOf(child.stderr) }).on('line', (line) =>
    log.info('engine', { says: line }),
  )
  return {
    onLine: (listener) => void lines.on('line', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    stop: () => child.postMessage({ type: 'stop' }),
    kill: () => void child.kill(),
  }
}

function readableOf(stream: NodeJS.ReadableStream | null): NodeJS.ReadableStream {
  return stream ?? Readable.from([])
}
