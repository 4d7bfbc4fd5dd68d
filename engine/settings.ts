import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Credentials } from './credentials.ts'

export type CommandLine = {
  readonly dataDir: string
  readonly port?: number
  readonly credentials?: Credentials
  readonly isPublic: boolean
  readonly isBoundToParent: boolean
  readonly modelDir?: string
}

export const USAGE = `Usage: engine [--port P] [--app-id ID --app-key KEY] [--data DIR] [--model DIR] [--public] [--exit-with-parent]
Environment: FORMULIFT_ENGINE_PORT, _APP_ID, _APP_KEY, _DATA, _MODEL, _PUBLIC=1, _EXIT_WITH_PARENT=1`

/** Reads flags over their environment twins. Throws a readable error for a flag or value that makes no sense. */
export function readCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'app-id': { type: 'string' },
      'app-key': { type: 'string' },
      data: { type: 'string' },
      model: { type: 'string' },
      public: { type: 'boolean' },
      'exit-with-parent': { type: 'boolean' },
    },
  })
  const port = values.port ?? env['FORMULIFT_ENGINE_PORT']
  const app_id = values['app-id'] ?? env['FORMULIFT_ENGINE_APP_ID']
  const app_key = values['app-key'] ?? env['FORMULIFT_ENGINE_APP_KEY']
  const modelDir = values.model ?? env['FORMULIFT_ENGINE_MODEL']
  if (Boolean(app_id) !== Boolean(app_key)) throw new Error('--app-id and --app-key belong together')
  return {
    dataDir: resolve(values.data ?? env['FORMULIFT_ENGINE_DATA'] ?? findDefaultDataDir(env)),
    isPublic: values.public ?? env['FORMULIFT_ENGINE_PUBLIC'] === '1',
    isBoundToParent: values['exit-with-parent'] ?? env['FORMULIFT_ENGINE_EXIT_WITH_PARENT'] === '1',
    ...(port === undefined || port === '' ? {} : { port: readPort(port) }),
    ...(app_id && app_key ? { credentials: { app_id, app_key } } : {}),
    ...(modelDir === undefined ? {} : { modelDir: resolve(modelDir) }),
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port < 65_536) return port
  throw new Error(`--port must be a number from 0 to 65535, not ${text}`)
}

/** Where the platform keeps data of a program that runs on its own. The app passes its own folder. */
function findDefaultDataDir(env: NodeJS.ProcessEnv): string {
  const base =
    process.platform === 'win32'
      ? (env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : (env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'))
  return join(base, 'formulift-engine')
}
