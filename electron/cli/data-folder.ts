import path from 'node:path'
import { findDataHome } from '../../node/data-home.ts'

/**
 * The folder in which the command line keeps its batches: `--data`, `FORMULIFT_DATA`, or the usual place for a program's data.
 * It is not the window's: each run has a folder of its own in it, so that several can go on at once.
 */
export function findDataFolder(given: string | undefined, env: NodeJS.ProcessEnv): string {
  const chosen = given ?? env['FORMULIFT_DATA']
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen)
  const hasCapitals = process.platform === 'win32' || process.platform === 'darwin'
  return path.join(findDataHome(env), hasCapitals ? 'Formulift' : 'formulift', 'cli')
}
