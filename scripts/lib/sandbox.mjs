import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { electronPath } from './electron-runtime.mjs'
import { log, SetupProblem } from './log.mjs'

/**
 * The arguments that let Chromium start here. Its sandbox stays on wherever the system can carry it; only root, whom
 * Chromium refuses with a sandbox, runs without. Nobody else loses it without having asked for that.
 * @returns {string[]}
 */
export function sandboxArguments() {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() === 0) {
    log('running as root: Chromium runs without its sandbox')
    return ['--no-sandbox']
  }
  const canUseNamespaces = spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0
  const helper = path.join(path.dirname(electronPath()), 'chrome-sandbox')
  const stat = fs.existsSync(helper) ? fs.statSync(helper) : undefined
  if (canUseNamespaces || (stat?.uid === 0 && (stat.mode & 0o4755) === 0o4755)) return []
  if (process.env['FORMULIFT_NO_SANDBOX'] === '1') return ['--no-sandbox']
  throw new SetupProblem(
    `Chromium's sandbox cannot start: this system forbids unprivileged user namespaces. Either\n\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'\n\nor, at your own risk: FORMULIFT_NO_SANDBOX=1 npm start`,
  )
}
