import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { electronPath } from './electron-runtime.mjs'
import { log, SetupProblem } from './log.mjs'

/**
 * What Chromium does at its start, done by the system's own programs: namespaces of users, processes and networks, and in them the right to change
 * the root. A system may allow the first and refuse the rest (AppArmor's rule for unprivileged namespaces does, in Ubuntu 23.10 and newer).
 */
const PROBE = ['--user', '--map-root-user', '--pid', '--net', '--fork', 'chroot', '/', '/bin/true']

/**
 * @typedef {object} SandboxFacts
 * @property {boolean} isLinux
 * @property {boolean} isRoot
 * @property {boolean} canUseNamespaces what Chromium needs works for this user
 * @property {boolean} hasHelper `chrome-sandbox` belongs to root and may act as root
 * @property {boolean} isWaived the user asked to do without
 */

/**
 * How Chromium can start. Its sandbox stays on wherever the system can carry it; only root, whom Chromium refuses with a sandbox, runs without.
 * Nobody else loses it without having asked for that.
 * @param {SandboxFacts} facts
 * @returns {'sandboxed' | 'root' | 'waived' | 'impossible'}
 */
export function decideSandbox({ isLinux, isRoot, canUseNamespaces, hasHelper, isWaived }) {
  if (!isLinux) return 'sandboxed'
  if (isRoot) return 'root'
  if (canUseNamespaces || hasHelper) return 'sandboxed'
  return isWaived ? 'waived' : 'impossible'
}

/** @param {string} helper path of `chrome-sandbox` */
export const explainSandbox = (helper) =>
  `Chromium's sandbox cannot start, because this system does not let ordinary users make the namespaces it needs: either give its helper to root (sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'), or do without the sandbox at your own risk (FORMULIFT_NO_SANDBOX=1 npm start).`

/**
 * The arguments that let Chromium start here; throws with the two remedies where it cannot.
 * @returns {string[]}
 */
export function sandboxArguments() {
  const helper = path.join(path.dirname(electronPath()), 'chrome-sandbox')
  const isLinux = process.platform === 'linux'
  const isRoot = process.getuid?.() === 0
  const decision = decideSandbox({
    isLinux,
    isRoot,
    canUseNamespaces: isLinux && !isRoot && spawnSync('unshare', PROBE, { stdio: 'ignore' }).status === 0,
    hasHelper: isHelper(helper),
    isWaived: process.env['FORMULIFT_NO_SANDBOX'] === '1',
  })
  if (decision === 'impossible') throw new SetupProblem(explainSandbox(helper))
  if (decision === 'root') log('running as root: Chromium runs without its sandbox')
  return decision === 'sandboxed' ? [] : ['--no-sandbox']
}

function isHelper(/** @type {string} */ file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  return stat?.uid === 0 && (stat.mode & 0o4755) === 0o4755
}
