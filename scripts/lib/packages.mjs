import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { log, SetupProblem } from './log.mjs'
import { root } from './paths.mjs'

/**
 * Installs the npm packages of `folder` unless the lockfile is the one installed last.
 * Install scripts stay off: none is needed (binaries ship inside the packages), and some would download from elsewhere.
 */
export function ensurePackages(/** @type {string} */ folder = root) {
  const lockfile = fs.readFileSync(path.join(folder, 'package-lock.json'))
  const wanted = createHash('sha256').update(lockfile).digest('hex')
  const stamp = path.join(folder, 'node_modules', '.installed-lockfile')
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return
  log(`installing npm packages${folder === root ? '' : ` of ${path.relative(root, folder)}`}`)
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    throw new SetupProblem(
      'npm could not install the packages. Is the npm registry reachable? Then run the command again.',
    )
  }
  fs.writeFileSync(stamp, wanted)
}
