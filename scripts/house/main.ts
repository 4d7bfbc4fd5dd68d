// Names files that import each other, and fails when there are some (`npm run check`). `npm run docs:house` draws docs/house.svg as well.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { drawHouse } from './draw-house.ts'
import { findCircles } from './find-circles.ts'
import { readImports } from './read-imports.ts'

const root = path.resolve(import.meta.dirname, '../..')
const files = readImports(root)
if (process.argv.includes('--draw')) writeFileSync(path.join(root, 'docs/house.svg'), drawHouse(files))
const circles = findCircles(files)
for (const circle of circles) console.error(`These files import each other: ${circle.join(', ')}`)
console.log(`${String(files.length)} files, ${String(circles.length)} circles of imports`)
process.exitCode = circles.length === 0 ? 0 : 1
