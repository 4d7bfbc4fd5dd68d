import { BrowserWindow, ipcMain, type WebFrameMain } from 'electron'
import type { Handlers, Payload } from '../../shared/ipc/contract.ts'
import { calls, type EventName } from '../../shared/ipc/names.ts'
import { fail } from '../../shared/result.ts'
import type { Log } from '../log.ts'
import { dispatch } from '../ipc/dispatch.ts'

/** The only place that listens to the page: who sends is checked first, then what. */
export function registerCalls(handlers: Handlers, pageUrl: string, log: Log): void {
  for (const name of calls) {
    ipcMain.handle(name, (event, raw: unknown) => {
      if (isOurPage(event.senderFrame, pageUrl)) return dispatch(handlers, name, raw, log)
      log.warn('call from a foreign frame', { name })
      return fail({ kind: 'invalid_call', message: 'Not allowed.' })
    })
  }
}

/** Sends an event to every window. */
export function push<E extends EventName>(event: E, payload: Payload<E>): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.isDestroyed()) window.webContents.send(event, payload)
  }
}

/** Protocol and host are compared, not `origin`, which Node reports as `null` for `app:`. */
function isOurPage(frame: WebFrameMain | null, pageUrl: string): boolean {
  if (frame?.parent !== null || !URL.canParse(frame.url)) return false
  const url = new URL(frame.url)
  const own = new URL(pageUrl)
  return url.protocol === own.protocol && url.host === own.host
}
