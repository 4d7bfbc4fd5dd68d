import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from 'playwright/test'
import { startVirtualDisplay } from '../scripts/lib/display.mjs'
import { ImageServer } from './image-server.ts'

export { expect } from 'playwright/test'

const sampleFolder = path.resolve('samples')
/** The sample images, in name order. */
export const sampleFiles = () =>
  fs
    .readdirSync(sampleFolder)
    .filter((name) => /\.(png|jpe?g)$/.test(name))
    .sort()
    .map((name) => path.join(sampleFolder, name))

type Drop = {
  readonly files?: readonly string[]
  readonly items?: readonly { mimeType: string; data: string }[]
}

type LaunchOptions = { readonly env?: Record<string, string>; readonly args?: readonly string[] }

/** A running app and its first window, with the drop of real paths that only the DevTools protocol can do. */
export type RunningApp = {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly drop: (drop: Drop) => Promise<void>
  /** Ends it as a crash would: SIGKILL for the main process, nothing flushed. */
  readonly kill: () => Promise<void>
  readonly quit: () => Promise<void>
  readonly isAlive: () => boolean
}

/** Answers the system's dialog about keys from now on, by the words on its button; `asked` is what it said. */
export async function answerKeysQuestion(electron: ElectronApplication, button: string): Promise<void> {
  await electron.evaluate(({ dialog }, answer) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    const show = dialog.showMessageBox.bind(dialog)
    const stub = (...given: unknown[]) => {
      const options = given.at(-1) as Electron.MessageBoxOptions
      const response = options.buttons?.indexOf(answer) ?? -1
      if (response < 0) return Reflect.apply(show, dialog, given) as ReturnType<typeof show>
      asked.push(`${options.message} ${options.detail ?? ''}`)
      return Promise.resolve({ response, checkboxChecked: false })
    }
    dialog.showMessageBox = stub
  }, button)
}

/** What the dialog about keys has said so far. */
export const askedAboutKeys = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)

async function launchApp(userData: string, options: LaunchOptions): Promise<RunningApp> {
  const electron = await _electron.launch({
    args: ['.', `--user-data-dir=${userData}`, ...(options.args ?? [])],
    env: { ...(process.env as Record<string, string>), LANG: 'C.UTF-8', ...options.env },
  })
  // The app asks before keys go to a server for the first time; with a stand-in for the service the person is willing.
  if (options.env?.['MATHPIX_API'] !== undefined) await answerKeysQuestion(electron, 'Send them')
  const page = await electron.firstWindow()
  await page
    .getByRole('button', { name: /^Convert|^Cancel$|^Try the samples/ })
    .first()
    .waitFor()
  const devTools = await page.context().newCDPSession(page)
  const drop = async (data: Drop) => {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await devTools.send('Input.dispatchDragEvent', {
        type,
        x: 400,
        y: 300,
        data: {
          items: [...(data.items ?? [])],
          ...(data.files ? { files: [...data.files] } : {}),
          dragOperationsMask: 1,
        },
      })
    }
  }
  // Playwright forgets the process once it is closed.
  const main = electron.process()
  const ended = new Promise<void>((resolve) => main.once('exit', () => resolve()))
  return {
    electron,
    page,
    drop,
    kill: async () => {
      main.kill('SIGKILL')
      await ended
    },
    quit: async () => {
      await electron.close()
    },
    isAlive: () => main.exitCode === null && main.signalCode === null,
  }
}

type Fixtures = {
  /** A user-data folder of this test's own. */
  readonly userData: string
  /** Starts the app on this test's profile; may be called again after `kill` or `quit`. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>
  /** The app on a clean profile, already running. */
  readonly app: RunningApp
  /** A folder for the files that a test makes. */
  readonly folder: string
  readonly images: ImageServer
}

type WorkerFixtures = {
  /** A display of the worker's own, where there can be one: the clipboard and the screen are one per display. */
  readonly display: undefined
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  display: [
    async ({}, use) => {
      if (process.platform !== 'linux' || process.env['E2E_DISPLAY'] === '1') return use(undefined)
      const { env, stop } = await startVirtualDisplay()
      Object.assign(process.env, env)
      await use(undefined)
      stop()
    },
    { scope: 'worker', auto: true },
  ],
  userData: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-profile-'))
    await use(folder)
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  launch: async ({ userData }, use, info) => {
    const running: RunningApp[] = []
    await use(async (options = {}) => {
      const app = await launchApp(userData, options)
      await app.electron.context().tracing.start({ screenshots: true, snapshots: true })
      running.push(app)
      return app
    })
    for (const app of running) {
      if (!app.isAlive()) continue
      if (info.status !== info.expectedStatus) {
        await app.page.screenshot({ path: info.outputPath('window.png') }).catch(() => undefined)
        await app.electron.context().tracing.stop({ path: info.outputPath('trace.zip') })
      }
      await app.quit()
    }
  },
  app: async ({ launch }, use) => {
    await use(await launch())
  },
  folder: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-files-'))
    await use(folder)
    fs.rmSync(folder, { recursive: true, force: true })
  },
  images: async ({}, use) => {
    const server = await ImageServer.start()
    await use(server)
    await server.stop()
  },
})
