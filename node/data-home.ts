import os from 'node:os'
import path from 'node:path'

/** Where the platform keeps the data of a user's programs. */
export function findDataHome(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support')
  const base = env['XDG_DATA_HOME']
  return base !== undefined && path.isAbsolute(base) ? base : path.join(home, '.local', 'share')
}
