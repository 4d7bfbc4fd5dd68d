import ts from 'typescript'
import type { ImportingFile } from './read-imports.ts'

const product = /^(?:shared|node|engine|electron|renderer)\//
const isTest = (file: string) => /\.(?:test|spec)\.tsx?$/.test(file)

/** Files of one tree (a top-level folder, or one test kit) with one stem, each as `stem: file, file`. Entries are all called `main`. */
export function findDoubleStems(files: readonly Pick<ImportingFile, 'file'>[]): string[] {
  const named = files.flatMap(({ file }) => {
    const folders = file.split('/')
    const stem = folders.at(-1)?.replace(/\..*$/, '') ?? ''
    const tree = folders.slice(0, folders[0] === 'testing' ? 2 : 1).join('/')
    return isTest(file) || stem === 'main' || folders.length === 1 ? [] : [{ file, name: `${tree} ${stem}` }]
  })
  return listDoubles(named).map(([name, found]) => `${name.split(' ')[1] ?? ''}: ${found.join(', ')}`)
}

/** Types of the product with one name, exported or not, each as `name: file, file`. */
export function findDoubleTypes(files: readonly Pick<ImportingFile, 'file' | 'text'>[]): string[] {
  const types = files
    .filter(({ file }) => product.test(file) && !isTest(file) && /\.tsx?$/.test(file))
    .flatMap(({ file, text }) => namesOfTypes(text).map((name) => ({ file, name })))
  return listDoubles(types).map(([name, found]) => `${name}: ${found.join(', ')}`)
}

function namesOfTypes(text: string): string[] {
  const { statements } = ts.createSourceFile('', text, ts.ScriptTarget.Latest)
  return statements.flatMap((statement) => {
    const isType = ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement)
    return isType && statement.name ? [statement.name.text] : []
  })
}

function listDoubles(
  things: readonly { readonly file: string; readonly name: string }[],
): [string, string[]][] {
  const files = new Map<string, string[]>()
  for (const { file, name } of things) files.set(name, [...(files.get(name) ?? []), file])
  return [...files].filter(([, found]) => found.length > 1)
}
