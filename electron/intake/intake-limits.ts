/** What one file may weigh; what its pixels may is said in `node/images`. */
export const MAX_SOURCE_BYTES = 200 * 1024 * 1024

export const THUMB_WIDTH = 240
export const THUMB_HEIGHT = 144
