import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { electronPath } from './electron-runtime.mjs'
import { log, SetupProblem } from './log.mjs'

/**
 * The Debian package that holds each shared library Electron may miss. From Debian 13 on some names end in `t64`; apt
 * is asked which of the two it knows.
 */
const PACKAGE_OF_LIBRARY = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libgdk_pixbuf-2.0.so.0': 'libgdk-pixbuf-2.0-0',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libsmime3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libcups.so.2': 'libcups2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libXext.so.6': 'libxext6',
  'libX11.so.6': 'libx11-6',
  'libxcb.so.1': 'libxcb1',
  'libdrm.so.2': 'libdrm2',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libexpat.so.1': 'libexpat1',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libudev.so.1': 'libudev1',
}

const isOnPath = (/** @type {string} */ command) =>
  (process.env['PATH'] ?? '').split(':').some((folder) => fs.existsSync(`${folder}/${command}`))

function missingPackages(/** @type {{ virtualDisplay: boolean }} */ needs) {
  /** @type {Set<string>} */
  const missing = new Set()
  const ldd = spawnSync('ldd', [electronPath()], { encoding: 'utf8' })
  for (const [, library] of ldd.stdout.matchAll(/^\s*(\S+) => not found/gm)) {
    const name = PACKAGE_OF_LIBRARY[/** @type {keyof typeof PACKAGE_OF_LIBRARY} */ (library)]
    if (name === undefined)
      throw new SetupProblem(`Electron needs the system library ${library}. Please install it.`)
    missing.add(name)
  }
  if (needs.virtualDisplay && !isOnPath('Xvfb')) missing.add('xvfb')
  // Without a single font the window would show empty boxes.
  if (!fs.existsSync('/usr/share/fonts') || fs.readdirSync('/usr/share/fonts').length === 0)
    missing.add('fonts-dejavu-core')
  return [...missing].sort()
}

function knownNames(/** @type {string[]} */ names) {
  return names.map((name) => {
    const isKnown = (/** @type {string} */ candidate) =>
      /Candidate: (?!\(none\))/.test(
        spawnSync('apt-cache', ['policy', candidate], { encoding: 'utf8' }).stdout ?? '',
      )
    return !isKnown(name) && isKnown(`${name}t64`) ? `${name}t64` : name
  })
}

/** Installs what `ldd` misses (Debian and its kin, as root); else says the exact command and changes nothing. */
export function ensureSystemLibraries(/** @type {{ virtualDisplay: boolean }} */ needs) {
  if (process.platform !== 'linux') return
  const missing = missingPackages(needs)
  if (missing.length === 0) return
  if (!isOnPath('apt-get'))
    throw new SetupProblem(
      `Please install what Electron needs here; on Debian the packages are: ${missing.join(' ')}`,
    )
  if (process.getuid?.() !== 0) {
    throw new SetupProblem(
      `Some system libraries are missing. Run this once, then the same command again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${knownNames(missing).join(' ')}\n`,
    )
  }
  log(`installing system libraries: ${missing.join(' ')}`)
  // Another apt may be at work just now (a fresh machine updates itself): wait for its lock.
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  apt('update')
  if (!apt('install', '-y', '--no-install-recommends', ...knownNames(missing))) {
    throw new SetupProblem(
      `apt-get could not install: ${missing.join(' ')}. Are Debian's package servers reachable?`,
    )
  }
  const still = missingPackages(needs)
  if (still.length > 0) throw new SetupProblem(`Still missing after the installation: ${still.join(' ')}`)
}
