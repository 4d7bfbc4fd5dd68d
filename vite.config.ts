import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type EnvironmentOptions } from 'vite'

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What stays outside the bundles: Electron itself, Node's own, native addons, and libraries that read their own files. */
const external = [
  'electron',
  /^electron\//,
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
  'onnxruntime-node',
  /^@napi-rs\//,
  'wasm-vips',
  /^libheif-js/,
  /^@resvg\//,
  /^mathpix-markdown-it/,
  /^mathjax-full/,
  'linkedom',
  'tesseract.js',
]

const nodeBuild = (
  input: Record<string, string>,
  format: 'es' | 'cjs',
  extension: string,
): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true, external: [], conditions: ['node', 'import', 'module', 'default'] },
  build: {
    outDir: inRoot('./dist-electron'),
    emptyOutDir: false,
    chunkSizeWarningLimit: 8000,
    target: 'node20',
    minify: false,
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input,
      external,
      output: {
        format,
        entryFileNames: `[name].${extension}`,
        chunkFileNames: `chunks/[name]-[hash].${extension}`,
      },
    },
  },
})

export default defineConfig({
  root: inRoot('./renderer'),
  base: './',
  plugins: [react()],
  environments: {
    client: {
      build: {
        outDir: inRoot('./dist'),
        emptyOutDir: true,
        target: 'chrome130',
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 2000,
      },
    },
    main: nodeBuild(
      {
        main: inRoot('./electron/main.ts'),
        cli: inRoot('./electron/cli.ts'),
        'intake-worker': inRoot('./electron/intake/intake-worker.ts'),
        engine: inRoot('./engine/main.ts'),
        'recognise-worker': inRoot('./engine/recognise-worker.ts'),
      },
      'es',
      'js',
    ),
    // A sandboxed preload has to be CommonJS.
    preload: nodeBuild({ preload: inRoot('./electron/preload.ts') }, 'cjs', 'cjs'),
  },
  builder: {
    async buildApp(builder) {
      const { client, main, preload } = builder.environments
      if (!client || !main || !preload) throw new Error('an environment is missing')
      await Promise.all([builder.build(client), builder.build(main), builder.build(preload)])
    },
  },
})
