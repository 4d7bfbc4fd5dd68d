import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'

/**
 * Writes a file so that it is there whole or as it was before: into a sibling, to the disk, then renamed. (The usual package for it
 * needs `__filename`, which a bundled ES module does not have.)
 */
export async function writeWholeFile(
  path: string,
  content: string | AsyncIterable<string>,
  mode = 0o600,
): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`
  try {
    const file = await open(draft, 'wx', mode)
    try {
      for await (const piece of typeof content === 'string' ? [content] : content) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
