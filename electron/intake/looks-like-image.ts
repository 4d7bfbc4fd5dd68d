import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import { detectKind } from '../../node/images/image-kind.ts'
import { toFsPath } from './raw-path.ts'

/** As many bytes as the known signatures need. */
const HEAD_BYTES = 4100

/** Whether a file's first bytes are an image's, whatever its name says. A file that cannot be read is none. */
export async function looksLikeImage(file: string): Promise<boolean> {
  try {
    const handle = await open(toFsPath(file), 'r')
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      const head = buffer.subarray(0, bytesRead)
      if (detectKind(head)) return true
      const type = await fileTypeFromBuffer(head)
      return type?.mime.startsWith('image/') ?? false
    } finally {
      await handle.close()
    }
  } catch {
    return false
  }
}
