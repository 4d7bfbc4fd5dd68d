import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { nanoid } from 'nanoid'

/**
 * Replaces a file in one step: after a crash it holds the old or the new content, never half of one. The data
 * and the folder's record of the name are synced. (write-file-atomic would do, but reads `__filename`, which
 * a bundled ES module does not have.)
 */
export async function writeWholeFile(
  file: string,
  content: string | Uint8Array | AsyncIterable<string>,
  mode = 0o644,
): Promise<void> {
  const draft = `${file}.${nanoid(8)}.tmp`
  try {
    const handle = await open(draft, 'wx', mode)
    try {
      for await (const piece of typeof content === 'string' || content instanceof Uint8Array
        ? [content]
        : content)
        await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(path.dirname(file))
}

/**
 * Brings the names in a folder to the disk: what was created, renamed or removed in it. Not every platform
 * can open a folder; there the change alone has to do.
 */
export async function syncFolder(dir: string): Promise<void> {
  try {
    const handle = await open(dir, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    return
  }
}
