import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Why nothing can be written into a folder; undefined when something can. */
export function findWriteError(folder: string): unknown {
  const probe = path.join(folder, `.probe-${String(process.pid)}`)
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    writeFileSync(probe, 'x')
    return undefined
  } catch (error) {
    return error
  } finally {
    try {
      rmSync(probe, { force: true })
    } catch {
      // On a disk that refuses there is nothing to take away.
    }
  }
}
