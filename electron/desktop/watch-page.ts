import type { BrowserWindow } from 'electron'

/** A page may take this long once it was found not to answer: a slow machine is no dead page. */
const PATIENCE_MS = 10_000

/** Tells when the window's page died, and ends one that hangs, which then has died, too. */
export function watchPage(window: BrowserWindow, onFailed: (how: 'died' | 'hung') => void): void {
  let timer: NodeJS.Timeout | undefined
  let hasHung = false
  window.on('unresponsive', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (window.isDestroyed()) return
      hasHung = true
      window.webContents.forcefullyCrashRenderer()
    }, PATIENCE_MS)
  })
  window.on('responsive', () => clearTimeout(timer))
  window.once('closed', () => clearTimeout(timer))
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    clearTimeout(timer)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const how = hasHung ? 'hung' : 'died'
    hasHung = false
    onFailed(how)
  })
}
