// What `electron <folder>` runs before the app itself, in the registry runtime: reads the command line as Electron's own
// default app does (`-r module`, `--version`, the app's folder), gives the app its name and version, and loads its main.
import Module from 'node:module'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const preloads = []
let target
for (let rest = process.argv.slice(1); rest.length > 0 && target === undefined;) {
  const argument = rest.shift()
  if (argument === '-r' || argument === '--require') preloads.push(rest.shift())
  else if (argument === '-v' || argument === '--version') {
    console.log(`v${process.versions.electron}`)
    process.exit(0)
  } else if (argument === '--') break
  else if (!argument.startsWith('-')) target = path.resolve(argument)
}
if (target === undefined) {
  console.error('usage: electron [-r module] <app folder>')
  process.exit(1)
}
Module._preloadModules(preloads)
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })

const manifest = path.join(target, 'package.json')
if (fs.existsSync(manifest)) {
  const { name, productName, version } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  if (version) app.setVersion(version)
  app.name = productName ?? name ?? app.name
  app.setDesktopName(`${app.name}.desktop`)
}
try {
  const file = Module._resolveFilename(target, null, true)
  app.setAppPath(fs.existsSync(manifest) ? target : path.dirname(file))
  // Awaited at the top level, so that 'ready' does not fire before the app's main module has run.
  await import(pathToFileURL(file).href)
} catch (error) {
  console.error('The app threw an error while loading')
  console.error(error)
  process.exit(1)
}
