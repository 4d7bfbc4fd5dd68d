import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, powerMonitor } from 'electron'
import { KnownSecrets } from '../shared/scrub-secrets.ts'
import { askToSendKeys } from './desktop/ask-keys.ts'
import { askWhere } from './desktop/ask-where.ts'
import { writeClipboard } from './desktop/clipboard.ts'
import { openStore } from './desktop/open-store.ts'
import { pickFiles } from './desktop/pick-files.ts'
import { systemSecrets } from './desktop/secrets.ts'
import { createAllowKeys } from './allow-keys.ts'
import { registerAppScheme, serveApp } from './desktop/app-protocol.ts'
import { BatchService } from './batch/batch-service.ts'
import { findWriteError } from './can-write.ts'
import { systemClock } from './clock.ts'
import { createConnect } from './connect.ts'
import { explainDiskError } from './disk-errors.ts'
import { readDevelopment } from './development.ts'
import { startEngineProcess } from './desktop/engine-process.ts'
import { explainStart } from './explain-start.ts'
import { startFileHost } from './hosting/file-host.ts'
import { fetchUrlImage } from './intake/fetch-url-image.ts'
import { createIntakePool } from './intake/intake-pool.ts'
import { createHandlers } from './ipc/handlers.ts'
import { push, registerCalls } from './desktop/register.ts'
import { superviseEngine } from './local-engine.ts'
import { createLog } from './log.ts'
import { setMenu } from './desktop/menu.ts'
import { createNoticeBox } from './notice-box.ts'
import { createPageRecovery } from './page-recovery.ts'
import { describeProgress } from './progress-title.ts'
import { findResource } from './resources.ts'
import { denyPermissions, openExternalLink, secureAllContents } from './desktop/security.ts'
import { sleep } from './sleep.ts'
import { watchStopSignals } from './stop-signals.ts'
import { readStartInputs, type StartInputs } from './start-arguments.ts'
import { closeInOrder } from './quit.ts'
import { askToWait } from './desktop/ask-to-wait.ts'
import { openCredentials } from './stores/credentials-store.ts'
import { guardStore } from './stores/guarded-store.ts'
import { openSettings } from './stores/settings-store.ts'
import { watchPage } from './desktop/watch-page.ts'
import { createMainWindow } from './desktop/window.ts'

/** Table of contents of the main process: what exists, and who is given what. */

const builtDir = fileURLToPath(new URL('.', import.meta.url))
const { devServer, mathpixApi } = readDevelopment(process.env, app)
const pageUrl = devServer ?? 'app://bundle/index.html'

registerAppScheme()
secureAllContents(devServer)

const startData = { argv: process.argv, cwd: process.cwd() }
const logFile = () => path.join(app.getPath('userData'), 'logs', 'formulift.log')
if (app.requestSingleInstanceLock(startData)) void app.whenReady().then(start).catch(failStart)
else void app.whenReady().then(giveWay)

/** The lock is refused where another window has it, and where the folder cannot be written, which would be silent. */
function giveWay(): void {
  const error = findWriteError(app.getPath('userData'))
  if (error === undefined) app.quit()
  else failStart(error)
}

/** Says why, and ends: a process without a window would only keep the next one from starting. */
function failStart(error: unknown): void {
  createLog({ file: logFile() }).error('the app could not start', error)
  const { title, text } = explainStart(error, { data: app.getPath('userData'), log: logFile() })
  dialog.showErrorBox(title, text)
  app.exit(1)
}

async function start(): Promise<void> {
  const userData = app.getPath('userData')
  const secrets = new KnownSecrets()
  const log = createLog({ file: logFile(), scrub: secrets.scrub })
  const notices = createNoticeBox((notice) => push('onNotice', notice), secrets.scrub)
  const reportDamaged = (name: string) =>
    notices.add({ tone: 'problem', message: `A settings file was damaged and set aside as ${name}.` })

  denyPermissions()
  setMenu(devServer !== undefined)

  const store = guardStore(openStore('formulift', reportDamaged), (error) => {
    log.error('the settings could not be saved', error)
    const message = `${explainDiskError(error)} Settings count until the app is closed.`
    notices.add({ tone: 'problem', message })
  })
  const settings = openSettings(store)
  const credentials = openCredentials(store, systemSecrets, process.env)
  const place = {
    isPackaged: app.isPackaged,
    appPath: app.getAppPath(),
    resourcesPath: process.resourcesPath,
  }
  const engine = superviseEngine({
    start: () =>
      startEngineProcess(
        path.join(builtDir, 'engine.js'),
        { dataDir: path.join(userData, 'engine'), modelDir: findResource('model', place) },
        log,
      ),
    dataDir: path.join(userData, 'engine'),
    log,
  })
  engine.onStatus((status) => push('onEngineStatusChanged', status))
  const connect = createConnect({
    local: () => engine,
    keys: credentials,
    override: mathpixApi,
    secrets,
  })
  const allowKeys = createAllowKeys({ credentials, override: mathpixApi, ask: askToSendKeys })

  const host = await startFileHost(Number(store.get('hostPort')) || 0)
  store.set('hostPort', host.port)
  const runner = createIntakePool(path.join(builtDir, 'intake-worker.js'))
  const service = await BatchService.open({
    dir: path.join(userData, 'batches'),
    connect,
    settings: settings.read,
    host,
    runner,
    fetchUrlImage,
    now: Date.now,
    random: Math.random,
    sleep,
    log,
    events: {
      onBatchChanged: (change) => push('onBatchChanged', change),
      onBatchesChanged: (summaries) => {
        push('onBatchesChanged', summaries)
        showProgress()
      },
      onNotice: notices.add,
    },
  })

  let shownBatchId: string | undefined
  const recovery = createPageRecovery({
    elapsed: () => performance.now(),
    reload: () => mainWindow()?.webContents.reload(),
    giveUp: () => void askAboutPage(),
    tell: (message) => notices.add({ tone: 'problem', message }),
    shownBatch: () => (shownBatchId === undefined ? undefined : service.peekBatch(shownBatchId)?.name),
  })
  serveApp({
    dist: path.join(builtDir, '..', 'dist'),
    imageFile: (batchId, itemId, which) => service.imageFile(batchId, itemId, which),
  })
  const handlers = createHandlers({
    service,
    settings,
    credentials,
    engine,
    connect,
    allowKeys,
    secrets,
    appInfo: {
      version: app.getVersion(),
      platform: process.platform,
      samples: listSamples(findResource('samples', place)),
    },
    nameOf: (file) => path.basename(file),
    pickFiles: async (kind) => {
      const lastFolder = store.get('lastFolder')
      const picked = await pickFiles(kind, typeof lastFolder === 'string' ? lastFolder : app.getPath('home'))
      if (picked[0] !== undefined) store.set('lastFolder', path.dirname(picked[0]))
      return picked
    },
    askWhere: async (question) => {
      const lastFolder = store.get('lastExportFolder')
      const where = await askWhere(
        question,
        typeof lastFolder === 'string' ? lastFolder : app.getPath('documents'),
      )
      if (where !== undefined)
        store.set('lastExportFolder', question.kind === 'folder' ? where : path.dirname(where))
      return where
    },
    writeClipboard,
    openLink: openExternalLink,
    onSettingsChanged: (changed) => push('onSettingsChanged', changed),
    takeNotices: notices.take,
    onBatchShown: (batchId) => (shownBatchId = batchId),
    opens: recovery.opens,
  })
  registerCalls(handlers, pageUrl, log)

  await takeInputs(
    readStartInputs(process.argv, process.cwd(), { isPackaged: app.isPackaged, appPath: app.getAppPath() }),
  )
  openWindow()

  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const { argv, cwd } = data as typeof startData
    focusWindow()
    void takeInputs(readStartInputs(argv, cwd, { isPackaged: app.isPackaged, appPath: app.getAppPath() }))
  })
  app.on('activate', focusWindow)
  app.on('window-all-closed', () => app.quit())
  quitCleanly()

  function openWindow(): void {
    const window = createMainWindow({ preload: path.join(builtDir, 'preload.cjs'), url: pageUrl, store })
    window.webContents.on('did-start-loading', notices.hold)
    window.once('closed', notices.hold)
    watchPage(window, (how) => {
      log.warn('the page failed', { how })
      notices.hold()
      recovery.pageFailed(how)
    })
    showProgress()
  }

  function focusWindow(): void {
    const window = mainWindow()
    if (!window) {
      openWindow()
      return
    }
    if (window.isMinimized()) window.restore()
    window.focus()
  }

  async function askAboutPage(): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'The window stops again and again',
      detail: `Batches go on without it, and nothing that was saved is lost. The log tells more: ${logFile()}`,
      buttons: ['Try again', 'Quit'],
      cancelId: 1,
    })
    if (response === 1) app.quit()
    else mainWindow()?.webContents.reload()
  }

  /** Files and addresses of a command line go to the batch that is shown, else to a new one. */
  async function takeInputs({ paths, urls }: StartInputs): Promise<void> {
    if (paths.length + urls.length === 0) return
    const known = shownBatchId !== undefined && service.peekBatch(shownBatchId) ? shownBatchId : undefined
    const created = known === undefined ? await service.createBatch() : undefined
    const batchId = known ?? (created?.ok ? created.value.id : undefined)
    if (batchId === undefined) return
    // The window does not wait for the files to be read.
    const sources = paths.map((file) => ({ kind: 'path' as const, path: file }))
    void service.addSources(batchId, sources).then(() => service.addUrls(batchId, urls))
  }

  function showProgress(): void {
    const window = mainWindow()
    const { title, fraction } = describeProgress(service.getBatches())
    window?.setTitle(title)
    window?.setProgressBar(fraction)
  }

  /** Everything that is shown is on disk already; quitting ends the engine and the threads in good order. */
  function quitCleanly(): void {
    let state: 'open' | 'closing' | 'closed' = 'open'
    app.on('before-quit', (event) => {
      if (state === 'closed') return
      event.preventDefault()
      if (state === 'closing') return
      state = 'closing'
      const close = () =>
        Promise.all([service.close({ waits: true }), engine.stop(), runner.close(), host.close()]).catch(
          (error: unknown) => log.error('not everything could be closed', error),
        )
      void closeInOrder({ isSending: () => service.isSending(), close, askToWait, sleep }).finally(() => {
        state = 'closed'
        app.quit()
      })
    })
    // A terminal, or whoever else started it.
    watchStopSignals(process, { onStop: () => app.quit(), onEnd: () => app.exit(1) }, systemClock)
    // The system is about to stop: as far as it lets us, an answer is waited for.
    const delay = (event: { preventDefault: () => void }) => {
      if (!service.isSending()) return
      event.preventDefault()
      app.quit()
    }
    const power: NodeJS.EventEmitter = powerMonitor
    power.on('shutdown', delay)
    mainWindow()?.on('query-session-end', delay)
  }
}

function mainWindow() {
  return BrowserWindow.getAllWindows().at(0)
}

function listSamples(dir: string): string[] {
  try {
    const names = readdirSync(dir).filter((name) => /\.(png|jpe?g)$/.test(name))
    return names.sort().map((name) => path.join(dir, name))
  } catch {
    return []
  }
}
