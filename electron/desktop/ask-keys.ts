import { BrowserWindow, dialog } from 'electron'
import type { KeysQuestion } from '../allow-keys.ts'

/** Asks in a dialog of the system, looked up at the moment of the call, so that tests can answer it. */
export async function askToSendKeys({ host, origin, app_id, known }: KeysQuestion): Promise<boolean> {
  const before =
    known.length === 0 ? 'They have not been sent anywhere yet.' : `So far they went to ${known.join(', ')}.`
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    title: 'Formulift',
    message: `Send your keys to ${host}?`,
    detail: `The app_key of “${app_id}” goes to ${origin} with every request. ${before} Whoever runs that server can use the keys and read the images: allow it only if you chose this server yourself.`,
    buttons: ['Send them', 'Do not send'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  }
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows().at(0)
  const { response } = window
    ? await dialog.showMessageBox(window, options)
    : await dialog.showMessageBox(options)
  return response === 0
}
