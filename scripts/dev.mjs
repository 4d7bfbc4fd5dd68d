// `npm run dev`: Vite's server with hot reload for the page; main, engine and preload are built on change. A change of the main
// process restarts the app, one of the preload reloads the page.
import { spawn } from 'node:child_process'
import { electronPath } from './lib/electron-runtime.mjs'
import { runOrExplain } from './lib/log.mjs'
import { root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

await runOrExplain(async () => {
  await setUp({ electron: true })
  const { createBuilder, createServer } = await import('vite')
  const { sandboxArguments } = await import('./lib/sandbox.mjs')
  const server = await createServer()
  await server.listen()
  const url = server.resolvedUrls?.local[0] ?? ''

  /** @type {import('node:child_process').ChildProcess | undefined} */
  let app
  const restart = () => {
    app?.removeAllListeners()
    app?.kill()
    app = spawn(electronPath(), [...sandboxArguments(), '.'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, VITE_DEV_SERVER_URL: url },
    })
    app.once('exit', (code) => void server.close().then(() => process.exit(code ?? 0)))
  }

  const built = new Set()
  const builder = await createBuilder()
  for (const name of ['main', 'preload']) {
    const environment = builder.environments[name]
    if (environment === undefined) continue
    environment.config.build.watch = {}
    const watcher = await builder.build(environment)
    if (!('on' in watcher)) continue
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error)
      if (event.code !== 'END') return
      const isFirst = !built.has(name)
      built.add(name)
      if (built.size < 2) return
      if (name === 'main' || isFirst) restart()
      else server.ws.send({ type: 'full-reload' })
    })
  }
})
