import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const here = import.meta.dirname
/** Debian's Python, which has Debian's torch. */
export const python = '/usr/bin/python3'

/** Debian's torch is quickest with one OpenBLAS thread and without a forced core type. */
function createEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    OPENBLAS_NUM_THREADS: '1',
    OMP_WAIT_POLICY: 'passive',
  }
  delete environment['OPENBLAS_CORETYPE']
  delete environment['OPENBLAS_L2_SIZE']
  return environment
}

/** Runs a Python script of this folder in the background of all other work. */
export function runPython(script: string, args: readonly string[]): ChildProcess {
  return spawn('nice', ['-n', '19', python, '-u', path.join(here, script), ...args], {
    cwd: here,
    env: createEnvironment(),
    stdio: 'inherit',
  })
}

/** Runs a TypeScript program of this folder in the background of all other work. */
export function runGenerator(script: string, args: readonly string[]): ChildProcess {
  return spawn('nice', ['-n', '19', process.execPath, '--import', 'tsx', path.join(here, script), ...args], {
    cwd: here,
    stdio: 'inherit',
  })
}

/** The exit code of a process, 1 when a signal ended it. */
export function waitFor(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
