import { spawn, type ChildProcess } from 'node:child_process'
import type { FakeMathpix } from '../testing/node/fake-mathpix.ts'

export type Run = {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  /** The exit code; a signal's death is -1. */
  readonly ended: Promise<number>
}

export type RunOptions = {
  readonly env?: NodeJS.ProcessEnv
  /** Started by another process, as npm does it, both in a process group of their own. */
  readonly isWrapped?: boolean
}

const WRAPPER = `import { runProgram } from './scripts/lib/child.mjs'
process.exitCode = await runProgram(process.execPath, process.argv.slice(1))`

/** The built command line as a process of its own, with keys for the stand-in of the service. */
export function startCli(fake: FakeMathpix, args: readonly string[], options: RunOptions = {}): Run {
  const wrapper = options.isWrapped === true ? ['--input-type=module', '-e', WRAPPER, '--'] : []
  const child = spawn(process.execPath, [...wrapper, 'dist-electron/cli.js', ...args], {
    env: {
      ...process.env,
      MATHPIX_API: fake.origin,
      MATHPIX_APP_ID: 'id-of-a-test',
      MATHPIX_APP_KEY: 'key-of-a-test',
      ...options.env,
    },
    detached: options.isWrapped === true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1))),
  }
}

export async function runCli(fake: FakeMathpix, args: readonly string[], options: RunOptions = {}) {
  const started = startCli(fake, args, options)
  return { code: await started.ended, stdout: started.stdout(), stderr: started.stderr() }
}
