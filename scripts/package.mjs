// `npm run package`: the app as a folder that runs without anything installed, in release/, and the same as a .tar.gz.
// `-- --dir` leaves the archive out. Other packages come from electron-builder itself.
import fs from 'node:fs'
import { runProgram } from './lib/child.mjs'
import { log, runOrExplain, SetupProblem } from './lib/log.mjs'
import { inRoot } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

const release = inRoot('release')

await runOrExplain(async () => {
  await setUp({ electron: true, build: true })
  fs.rmSync(release, { recursive: true, force: true })
  const code = await runProgram(process.execPath, [
    inRoot('node_modules', 'electron-builder', 'cli.js'),
    '--dir',
    '--publish=never',
    // The runtime that set-up found: nothing is downloaded.
    `-c.electronDist=${inRoot('node_modules', 'electron', 'dist')}`,
  ])
  if (code !== 0) return code
  const folder = fs.readdirSync(release).find((name) => name.endsWith('unpacked') || name.startsWith('mac'))
  if (folder === undefined) throw new SetupProblem('electron-builder made no folder in release/.')
  if (process.argv.includes('--dir')) return 0
  const { name, version } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'))
  const archive = `${name}-${version}-${process.platform}-${process.arch}.tar.gz`
  const packed = await runProgram('tar', ['-czf', inRoot('release', archive), '-C', release, folder])
  if (packed === 0) log(`release/${folder} and release/${archive} are ready`)
  return packed
})
