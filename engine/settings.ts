import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findDataHome } from '../node/data-home.ts'
import type { Credentials } from './credentials.ts'

export type CommandLine = {
  readonly dataDir: string
  readonly port?: number
  readonly credentials?: Credentials
  readonly isPublic: boolean
  readonly isBoundToParent: boolean
  readonly modelDir?: string
}

export const USAGE = `Usage: engine [--port P] [--app-id ID (--app-key-file FILE | --app-key KEY)] [--data DIR] [--model DIR] [--public] [--exit-with-parent]
Environment: FORMULIFT_ENGINE_PORT, _APP_ID, _APP_KEY, _APP_KEY_FILE, _DATA, _MODEL, _PUBLIC=1, _EXIT_WITH_PARENT=1`

/** Reads flags over their environment twins. Throws a readable error for a flag or value that makes no sense. */
export function readCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'app-id': { type: 'string' },
      'app-key': { type: 'string' },
      'app-key-file': { type: 'string' },
      data: { type: 'string' },
      model: { type: 'string' },
      public: { type: 'boolean' },
      'exit-with-parent': { type: 'boolean' },
    },
  })
  const port = values.port ?? env['FORMULIFT_ENGINE_PORT']
  const app_id = values['app-id'] ?? env['FORMULIFT_ENGINE_APP_ID']
  const app_key = readKey(values, env)
  const modelDir = values.model ?? env['FORMULIFT_ENGINE_MODEL']
  if (Boolean(app_id) !== Boolean(app_key))
    throw new Error('--app-id needs --app-key-file (or --app-key), and the other way round')
  return {
    dataDir: resolve(
      values.data ?? env['FORMULIFT_ENGINE_DATA'] ?? join(findDataHome(env), 'formulift-engine'),
    ),
    isPublic: values.public ?? env['FORMULIFT_ENGINE_PUBLIC'] === '1',
    isBoundToParent: values['exit-with-parent'] ?? env['FORMULIFT_ENGINE_EXIT_WITH_PARENT'] === '1',
    ...(port === undefined || port === '' ? {} : { port: readPort(port) }),
    ...(app_id && app_key ? { credentials: { app_id, app_key } } : {}),
    ...(modelDir === undefined ? {} : { modelDir: resolve(modelDir) }),
  }
}

type KeyFlags = { readonly 'app-key'?: string; readonly 'app-key-file'?: string }

/** Flags before the environment; a file holds the key and nothing else. Everybody on the machine can read a process's flags. */
function readKey(flags: KeyFlags, env: NodeJS.ProcessEnv): string | undefined {
  if (flags['app-key'] !== undefined && flags['app-key-file'] !== undefined)
    throw new Error('give --app-key or --app-key-file, not both')
  if (flags['app-key'] !== undefined) return flags['app-key']
  if (flags['app-key-file'] !== undefined) return readKeyFile(flags['app-key-file'])
  if (env['FORMULIFT_ENGINE_APP_KEY']) return env['FORMULIFT_ENGINE_APP_KEY']
  return env['FORMULIFT_ENGINE_APP_KEY_FILE'] ? readKeyFile(env['FORMULIFT_ENGINE_APP_KEY_FILE']) : undefined
}

function readKeyFile(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new Error(`the key file ${path} cannot be read${reason}`, { cause: error })
  }
  if (text !== '' && !/\s/.test(text)) return text
  throw new Error(`the key file ${path} must hold one key and nothing else`)
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port < 65_536) return port
  throw new Error(`--port must be a number from 0 to 65535, not ${text}`)
}
