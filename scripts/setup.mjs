// Makes the checkout ready for a command, each part only when it is missing. Node built-ins only: it runs before any package
// is there. A second run costs a few file reads and needs no network.
import { pathToFileURL } from 'node:url'
import { ensureBuild } from './lib/build.mjs'
import { ensureElectron } from './lib/electron-runtime.mjs'
import { log, runOrExplain, SetupProblem } from './lib/log.mjs'
import { ensurePackages } from './lib/packages.mjs'
import { inRoot } from './lib/paths.mjs'
import { ensureSystemLibraries } from './lib/system-libraries.mjs'

/**
 * @param {{ electron?: boolean, virtualDisplay?: boolean, build?: boolean, training?: boolean }} needs
 */
export async function setUp(needs) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 18)) {
    throw new SetupProblem(`Formulift needs Node 20.18 or newer; this is ${process.version}.`)
  }
  ensurePackages()
  if (needs.training) ensurePackages(inRoot('training'))
  if (needs.electron) {
    await ensureElectron()
    ensureSystemLibraries({ virtualDisplay: needs.virtualDisplay ?? false })
  }
  if (needs.build) ensureBuild()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runOrExplain(async () => {
    await setUp({ electron: true, virtualDisplay: true, build: true })
    log('everything is in place')
  })
}
