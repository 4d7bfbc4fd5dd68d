import { builtinModules } from 'node:module'
import path from 'node:path'
import { build } from 'vite'
import { inRoot } from '../lib/paths.mjs'

const folder = inRoot('node_modules', '.cache', 'crash')

/** Builds the programs that are killed, each into one file: hundreds of starts should not compile hundreds of times. */
export async function bundle<Name extends string>(
  entries: Record<Name, string>,
): Promise<Record<Name, string>> {
  await build({
    configFile: false,
    root: inRoot(),
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries<string>(entries).map(([name, file]) => [name, inRoot(file)]),
        ),
        external: [...builtinModules, /^node:/, /^@napi-rs\//, 'wasm-vips', /^libheif-js/, /^@resvg\//],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  const names = Object.keys(entries) as Name[]
  return Object.fromEntries(names.map((name) => [name, path.join(folder, `${name}.mjs`)])) as Record<
    Name,
    string
  >
}
