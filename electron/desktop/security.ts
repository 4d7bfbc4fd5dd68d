import { app, session, shell, type WebContents } from 'electron'
import { isAllowedLink } from '../link-rules.ts'

/** Every page that is ever made gets these rules; there is one page, and it never goes anywhere (Vite's may be loaded anew). */
export function secureAllContents(devServer: string | undefined): void {
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents, devServer)
    denyNewWindows(contents)
    denyWebviews(contents)
  })
}

/** No link, script, drop or redirect replaces the page. */
function denyNavigation(contents: WebContents, devServer: string | undefined): void {
  contents.on('will-navigate', (event) => {
    // Vite reloads the page it serves; the built page is never navigated at all.
    if (devServer === undefined || event.url !== contents.getURL()) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault()
  })
}

function denyNewWindows(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function denyWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** The page needs no permission: the clipboard is written by the main process. */
export function denyPermissions(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
}

/** Opens a link in the browser if it is on the list; answers whether it was. */
export async function openExternalLink(url: string): Promise<boolean> {
  if (!isAllowedLink(url)) return false
  await shell.openExternal(url)
  return true
}
