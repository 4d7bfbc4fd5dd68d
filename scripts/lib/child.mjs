import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

/** The program decides what they mean; this process ends after it. A terminal sends them to both. */
const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])

/**
 * Runs a program in the project's root with this terminal and resolves to its exit code. Signals go to it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function runProgram(command, args, env = process.env) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env })
  const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
  for (const signal of FORWARDED) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, killedBy) => {
      for (const signal of FORWARDED) process.off(signal, forward)
      resolve(code ?? (killedBy ? 1 : 0))
    })
  })
}
