import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** A file of the project and the files of the project that it imports, type-only imports included. Paths from the root, with `/`. */
export type ImportingFile = {
  readonly file: string
  readonly imports: readonly string[]
  readonly lines: number
  readonly text: string
}

const extensions = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs']
const notOurs = ['**/node_modules', '**/dist*', '**/release', 'training/data', 'training/runs']

/** Reads all program files in the folder `root`. */
export function readImports(root: string): ImportingFile[] {
  const files = ts.sys
    .readDirectory(root, extensions, notOurs)
    .map((file) => path.relative(root, file).replaceAll(path.sep, '/'))
    .sort()
  const known = new Set(files)
  const isKnown = (file: string) => known.has(file)
  return files.map((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const { importedFiles } = ts.preProcessFile(text, true, true)
    const imports = importedFiles
      .filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
      .flatMap((imported) => ['', ...extensions].map((extension) => imported + extension).find(isKnown) ?? [])
    return { file, imports, lines: text.split('\n').length - 1, text }
  })
}
