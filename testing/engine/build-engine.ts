import { fileURLToPath } from 'node:url'
import { createBuilder } from 'vite'

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Builds the engine as it ships and resolves to the file to start. The sources would be compiled at each start. */
export async function buildEngine(): Promise<string> {
  const outDir = inRoot('node_modules/.cache/built-engine')
  const builder = await createBuilder({
    configFile: inRoot('vite.config.ts'),
    logLevel: 'warn',
    environments: { main: { build: { outDir, emptyOutDir: true, sourcemap: false } } },
  })
  const { main } = builder.environments
  if (!main) throw new Error('nothing builds the engine')
  await builder.build(main)
  return `${outDir}/engine.js`
}
