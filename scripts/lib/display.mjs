import { spawn } from 'node:child_process'
import { log } from './log.mjs'

/** Whether a window could be shown to anybody. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])

/**
 * Starts a virtual X display that nobody else uses and returns the environment for it and its end.
 * The server picks a free number itself, so that runs beside each other do not meet.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => void }>}
 */
export function startVirtualDisplay() {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const stop = () => void server.kill()
  process.once('exit', stop)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended at once (${code})`)))
    let text = ''
    server.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      text += chunk.toString()
      if (!text.includes('\n')) return
      log(`virtual display :${text.trim()}`)
      /** @type {NodeJS.ProcessEnv} */
      const env = { ...process.env, DISPLAY: `:${text.trim()}`, WAYLAND_DISPLAY: '' }
      resolve({ env, stop })
    })
  })
}
