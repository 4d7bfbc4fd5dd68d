import fs from 'node:fs'

const FOLDER = '/dev/shm'
const ROOM_BYTES = 512 * 1024 * 1024

/**
 * The environment that puts temporary files into memory where there is room, empty elsewhere: tests wait for the disk more than for anything else.
 * @returns {Record<string, string>}
 */
export function memoryFolder() {
  try {
    fs.accessSync(FOLDER, fs.constants.W_OK)
    const { bavail, bsize } = fs.statfsSync(FOLDER)
    return bavail * bsize >= ROOM_BYTES ? { TMPDIR: FOLDER } : {}
  } catch {
    return {}
  }
}
