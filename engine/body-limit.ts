import type { IncomingMessage } from 'node:http'

/** Documented: 5 MB for every body, multipart included. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024

/** A sender of more than this is cut off rather than listened to the end. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024

/**
 * Whether a body announces itself as too large. It is read to its end first: a client that is still writing would see a
 * broken connection instead of the answer.
 */
export async function hasTooLargeBody(message: IncomingMessage): Promise<boolean> {
  const length = Number(message.headers['content-length'] ?? 0)
  if (!(length > MAX_BODY_BYTES)) return false
  if (length <= MAX_DRAINED_BYTES) await drain(message)
  return true
}

function drain(message: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    message.once('end', resolve).once('close', resolve).once('error', resolve)
    message.resume()
  })
}
