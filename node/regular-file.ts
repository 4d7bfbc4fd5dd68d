import { constants, statSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/**
 * Files that are no files: opening a pipe waits for its other end, for ever if there is none, and a device may never end. Whatever stands
 * where the app keeps its own files is opened here, and is a file or an error with the code `ENOTREG` (`EISDIR` for a folder).
 */
async function openRegular(path: string | Buffer, flags: number, mode?: number): Promise<FileHandle> {
  // Absent on Windows, where a name in a folder is never a pipe.
  const handle = await open(path, flags | constants.O_NONBLOCK, mode)
  try {
    const info = await handle.stat()
    if (!info.isFile()) throw notRegular(path, info.isDirectory())
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The whole content. */
export async function readRegular(path: string | Buffer): Promise<Buffer<ArrayBuffer>> {
  const handle = await openRegular(path, constants.O_RDONLY)
  try {
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

/** The whole content as UTF-8. */
export async function readRegularText(path: string): Promise<string> {
  return (await readRegular(path)).toString('utf8')
}

/** For writing at the end; made if it is not there. */
export function openForAppend(path: string, mode = 0o666): Promise<FileHandle> {
  return openRegular(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, mode)
}

/** Throws for what is there and no file, before code that cannot be told how to open it does so. */
export function requireRegular(path: string): void {
  const info = statSync(path, { throwIfNoEntry: false })
  if (info && !info.isFile()) throw notRegular(path, info.isDirectory())
}

function notRegular(path: string | Buffer, isFolder: boolean): Error {
  const code = isFolder ? 'EISDIR' : 'ENOTREG'
  return Object.assign(new Error(`${path.toString()} is not a file`), { code, path })
}
