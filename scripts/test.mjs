// `npm test`: set-up, type check, lint, unit tests, kills at an even choice of all points, build, end-to-end tests in a real window.
// The last line adds all of it up: `N passed, N failed`.
import fs from 'node:fs'
import { runProgram } from './lib/child.mjs'
import { log, runOrExplain } from './lib/log.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

const bin = (/** @type {string[]} */ ...parts) => inRoot('node_modules', ...parts)

/** A check that passes or fails as one. */
async function check(/** @type {string} */ name, /** @type {string[]} */ ...args) {
  const code = await runProgram(process.execPath, args)
  log(`${name} ${code === 0 ? 'passed' : 'FAILED'}`)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

async function unitTests() {
  const report = inRoot('node_modules', '.cache', 'unit-tests.json')
  fs.rmSync(report, { force: true })
  const code = await runProgram(process.execPath, [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--root',
    root,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numTotalTests, success } = JSON.parse(fs.readFileSync(report, 'utf8'))
  const failed = numTotalTests - numPassedTests
  // A file that does not even load has no tests to count, and still has to fail the run.
  return { passed: numPassedTests, failed: failed === 0 && (code !== 0 || !success) ? 1 : failed }
}

/** Each kill is a test: the last line counts them, and a kill after which all is well has passed. */
async function crashTests() {
  const report = inRoot('node_modules', '.cache', 'crash-tests.json')
  fs.rmSync(report, { force: true })
  const code = await runProgram(process.execPath, [
    '--import',
    'tsx',
    inRoot('scripts', 'crash', 'main.ts'),
    '--quick',
    `--report=${report}`,
  ])
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 }
  const { points, good } = JSON.parse(fs.readFileSync(report, 'utf8'))
  const failed = points - good
  return { passed: good, failed: failed === 0 && code !== 0 ? 1 : failed }
}

async function windowTests() {
  const report = inRoot('node_modules', '.cache', 'window-tests.json')
  fs.rmSync(report, { force: true })
  const code = await runProgram(process.execPath, [inRoot('scripts', 'e2e.mjs'), '--reporter=list,json'], {
    ...process.env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky, skipped } = JSON.parse(fs.readFileSync(report, 'utf8')).stats
  const failed = unexpected + flaky + skipped
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed }
}

await runOrExplain(async () => {
  await setUp({ electron: true, virtualDisplay: true, training: true })
  fs.mkdirSync(inRoot('node_modules', '.cache'), { recursive: true })
  const parts = [
    await check('type check', bin('typescript', 'bin', 'tsc'), '-b', root),
    await check('lint', bin('eslint', 'bin', 'eslint.js'), root, '--max-warnings', '0'),
    await check('format', bin('prettier', 'bin', 'prettier.cjs'), '--check', root, '--log-level', 'warn'),
    await unitTests(),
    await crashTests(),
  ]
  await setUp({ build: true })
  parts.push(await windowTests())
  const passed = parts.reduce((sum, part) => sum + part.passed, 0)
  const failed = parts.reduce((sum, part) => sum + part.failed, 0)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
})
