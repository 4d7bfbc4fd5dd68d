// Names what breaks the rules of the house that neither types nor lint see, and fails when something does (`npm run check`). `npm run docs:house`
// draws docs/house.svg as well.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { drawHouse } from './draw-house.ts'
import { findCircles } from './find-circles.ts'
import { findDeadPaths } from './find-dead-paths.ts'
import { findDoubleStems, findDoubleTypes } from './find-doubles.ts'
import { findElectron } from './find-electron.ts'
import { findExcuses } from './find-excuses.ts'
import { findKitImports } from './find-kit-imports.ts'
import { readImports } from './read-imports.ts'

const root = path.resolve(import.meta.dirname, '../..')
const files = readImports(root)
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'training/README.md', 'engine/model/README.md', 'samples/README.md'],
  ...readdirSync(path.join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
].map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
if (process.argv.includes('--draw')) writeFileSync(path.join(root, 'docs/house.svg'), drawHouse(files))
const faults = [
  ...findCircles(files).map((circle) => `These files import each other: ${circle.join(', ')}`),
  ...findKitImports(files).map((line) => `Test kits are for tests: ${line}`),
  ...findDoubleStems(files).map((line) => `Files with one stem: ${line}`),
  ...findDoubleTypes(files).map((line) => `Types with one name: ${line}`),
  ...findElectron(files).map((file) => `Electron is for electron/desktop and the two entries: ${file}`),
  ...findExcuses(files),
  ...findDeadPaths(documents, (one) => existsSync(path.join(root, one))).map(
    (line) => `Nothing is there: ${line}`,
  ),
]
for (const fault of faults) console.error(fault)
console.log(`${String(files.length)} files, ${String(faults.length)} faults of the house`)
process.exitCode = faults.length === 0 ? 0 : 1
