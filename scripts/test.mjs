// `npm test`: set-up, type check, lint, unit tests, kills at an even choice of all points, build, end-to-end tests in a real window.
// What failed is named at the end, where one looks first; the last line adds all of it up: `N passed, N failed`.
import fs from 'node:fs'
import path from 'node:path'
import { runProgram } from './lib/child.mjs'
import { log, runOrExplain } from './lib/log.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

/** @typedef {{ passed: number, failed: number, names?: string[] }} Part */

const bin = (/** @type {string[]} */ ...parts) => inRoot('node_modules', ...parts)

/**
 * A check that passes or fails as one.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Part>}
 */
async function check(name, ...args) {
  const code = await runProgram(process.execPath, args)
  log(`${name} ${code === 0 ? 'passed' : 'FAILED'}`)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, names: [name] }
}

/** @returns {Promise<Part>} */
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
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, names: ['unit tests: no report'] }
  const { numPassedTests, numTotalTests, success, testResults } = JSON.parse(fs.readFileSync(report, 'utf8'))
  const failed = numTotalTests - numPassedTests
  const names = testResults.flatMap((/** @type {UnitFile} */ { name, status, assertionResults }) => {
    const file = path.relative(root, name)
    const failures = assertionResults.filter((test) => test.status !== 'passed')
    if (failures.length === 0 && status !== 'passed') return [file]
    return failures.map(({ fullName }) => `${file}: ${fullName}`)
  })
  // A file that does not even load has no tests to count, and still has to fail the run.
  return { passed: numPassedTests, failed: failed === 0 && (code !== 0 || !success) ? 1 : failed, names }
}

/**
 * Each kill is a test: the last line counts them, and a kill after which all is well has passed.
 * @returns {Promise<Part>}
 */
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
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, names: ['kills: no report'] }
  const { points, good, names } = JSON.parse(fs.readFileSync(report, 'utf8'))
  const failed = points - good || (code === 0 ? 0 : 1)
  return {
    passed: good,
    failed,
    names: names.map((/** @type {string} */ point) => `after a kill at ${point}`),
  }
}

/** @returns {Promise<Part>} */
async function windowTests() {
  const report = inRoot('node_modules', '.cache', 'window-tests.json')
  fs.rmSync(report, { force: true })
  const code = await runProgram(process.execPath, [inRoot('scripts', 'e2e.mjs'), '--reporter=list,json'], {
    ...process.env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  })
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, names: ['window tests: no report'] }
  const { stats, suites } = JSON.parse(fs.readFileSync(report, 'utf8'))
  const failed = stats.unexpected + stats.flaky + stats.skipped
  return {
    passed: stats.expected,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    names: suites.flatMap(nameFailures),
  }
}

/**
 * @param {WindowSuite} suite
 * @returns {string[]}
 */
function nameFailures({ suites = [], specs = [] }) {
  return [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status !== 'expected'))
      .map(({ file, line, title }) => `e2e/${file}:${line}: ${title}`),
    ...suites.flatMap(nameFailures),
  ]
}

/** @typedef {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }} UnitFile */
/** @typedef {{ file: string, line: number, title: string, tests: { status: string }[] }} WindowSpec */
/** @typedef {{ suites?: WindowSuite[], specs?: WindowSpec[] }} WindowSuite */

await runOrExplain(async () => {
  await setUp({ electron: true, virtualDisplay: true, training: true })
  fs.mkdirSync(inRoot('node_modules', '.cache'), { recursive: true })
  const parts = [
    // Each of them works on one core.
    ...(await Promise.all([
      check('type check', bin('typescript', 'bin', 'tsc'), '-b', root),
      check('lint', bin('eslint', 'bin', 'eslint.js'), root, '--max-warnings', '0'),
      check('format', bin('prettier', 'bin', 'prettier.cjs'), '--check', root, '--log-level', 'warn'),
      check('rules of the house', '--import', 'tsx', inRoot('scripts', 'house', 'main.ts')),
    ])),
    await unitTests(),
    await crashTests(),
  ]
  await setUp({ build: true })
  parts.push(await windowTests())
  const passed = parts.reduce((sum, part) => sum + part.passed, 0)
  const failed = parts.reduce((sum, part) => sum + part.failed, 0)
  for (const { failed, names = [] } of parts)
    for (const name of failed > 0 && names.length === 0 ? ['what is said above'] : names)
      process.stdout.write(`FAILED ${name}\n`)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
})
