import type { ImportingFile } from './read-imports.ts'

const product = /^(?:shared|node|engine|electron|renderer)\/(?!.*\.test\.)/

/** Files of the product that import a test kit, each as `file imports kit`. */
export function findKitImports(files: readonly Pick<ImportingFile, 'file' | 'imports'>[]): string[] {
  return files
    .filter(({ file }) => product.test(file))
    .flatMap(({ file, imports }) =>
      imports.filter((name) => name.startsWith('testing/')).map((name) => `${file} imports ${name}`),
    )
}
