import os from 'node:os'
import path from 'node:path'

/**
 * The folder in which the command line keeps its batches: `--data`, `FORMULIFT_DATA`, or the usual place for a program's data.
 * It is not the window's: each run has a folder of its own in it, so that several can go on at once.
 */
export function findDataFolder(
  given: string | undefined,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  const chosen = given ?? env['FORMULIFT_DATA']
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen)
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Formulift', 'cli')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Formulift', 'cli')
  const base = env['XDG_DATA_HOME']
  return path.join(
    base !== undefined && path.isAbsolute(base) ? base : path.join(home, '.local', 'share'),
    'formulift',
    'cli',
  )
}
