// `npm run check`: the quick gate before a commit (no window).
import { runProgram } from './lib/child.mjs'
import { runOrExplain } from './lib/log.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

const bin = (/** @type {string[]} */ ...parts) => inRoot('node_modules', ...parts)

await runOrExplain(async () => {
  await setUp({ training: true })
  const steps = [
    [bin('typescript', 'bin', 'tsc'), '-b', root],
    [bin('eslint', 'bin', 'eslint.js'), root, '--max-warnings', '0'],
    [bin('prettier', 'bin', 'prettier.cjs'), '--check', root, '--log-level', 'warn'],
    ['--import', 'tsx', inRoot('scripts', 'house', 'main.ts')],
    [bin('vitest', 'vitest.mjs'), 'run', '--root', root],
  ]
  for (const step of steps) {
    const code = await runProgram(process.execPath, step)
    if (code !== 0) return code
  }
  return 0
})
