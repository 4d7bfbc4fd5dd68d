import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { log, SetupProblem } from './log.mjs'
import { inRoot, root } from './paths.mjs'

const SOURCES = ['electron', 'engine', 'node', 'renderer', 'shared', 'vite.config.ts', 'package-lock.json']

/** A fingerprint of name, size and time of every source file: cheap, and changes with any edit. */
function fingerprint() {
  const hash = createHash('sha256')
  const visit = (/** @type {string} */ file) => {
    const stat = fs.statSync(file)
    if (stat.isDirectory()) {
      if (path.basename(file) === 'node_modules') return
      for (const name of fs.readdirSync(file).sort()) visit(path.join(file, name))
    } else if (!/\.test\.tsx?$/.test(file)) {
      hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`)
    }
  }
  for (const source of SOURCES) visit(inRoot(source))
  return hash.digest('hex')
}

/** Builds the app into dist/ and dist-electron/ when a source has changed since the last build. */
export function ensureBuild() {
  const stamp = inRoot('dist-electron', '.sources')
  const wanted = fingerprint()
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return
  log('building')
  fs.rmSync(inRoot('dist-electron'), { recursive: true, force: true })
  const vite = spawnSync(
    process.execPath,
    [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  )
  if (vite.status !== 0) throw new SetupProblem('The build failed; the lines above say where.')
  fs.writeFileSync(stamp, wanted)
}
