// `npm run check`: the quick gate before a commit (no window).
import { runProgram } from './lib/child.mjs'
import { runOrExplain } from './lib/log.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

const bin = (/** @type {string[]} */ ...parts) => inRoot('node_modules', ...parts)

await runOrExplain(async () => {
  await setUp({ training: true })
  const run = (/** @type {string[]} */ ...args) => runProgram(process.execPath, args)
  // Each of them works on one core.
  const codes = await Promise.all([
    run(bin('typescript', 'bin', 'tsc'), '-b', root),
    run(bin('eslint', 'bin', 'eslint.js'), root, '--max-warnings', '0'),
    run(bin('prettier', 'bin', 'prettier.cjs'), '--check', root, '--log-level', 'warn'),
    run('--import', 'tsx', inRoot('scripts', 'house', 'main.ts')),
  ])
  if (codes.some((code) => code !== 0)) return 1
  return run(bin('vitest', 'vitest.mjs'), 'run', '--root', root)
})
