/** Progress goes to stderr: stdout belongs to results (`--json`). */
export const log = (/** @type {string} */ message) => process.stderr.write(`[setup] ${message}\n`)

/** A problem the user can mend: printed in plain words, without a stack. */
export class SetupProblem extends Error {}

/** Runs `main` and turns a SetupProblem into its message and exit code 1. */
export async function runOrExplain(/** @type {() => Promise<number | void>} */ main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}
