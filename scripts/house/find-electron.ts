import type { ImportingFile } from './read-imports.ts'

const room = /^electron\/(?:main\.ts|preload\.ts|desktop\/)/
const product = /^(?:shared|node|engine|electron|renderer)\//

/**
 * Files of the product that name the package `electron`, or a part of it, outside of the one room that may and the two entries. Whatever
 * else needs it runs in no plain Node. The name counts, not the kind of import.
 */
export function findElectron(files: readonly Pick<ImportingFile, 'file' | 'text'>[]): string[] {
  return files
    .filter(
      ({ file, text }) => product.test(file) && !room.test(file) && /(['"`])electron(?:\/\w+)?\1/.test(text),
    )
    .map(({ file }) => file)
}
