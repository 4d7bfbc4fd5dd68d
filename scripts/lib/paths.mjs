import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
export const inRoot = (/** @type {string[]} */ ...parts) => path.join(root, ...parts)

/** What may be rebuilt at any time and is shared between checkouts. */
export const cacheFolder = path.join(
  process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'),
  'formulift',
)
