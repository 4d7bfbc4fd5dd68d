import { BrowserWindow, dialog } from 'electron'
import { imageEndings } from '../../node/images/image-kind.ts'

/**
 * Opens the system's picker. The dialog is looked up at the moment of the call, so that tests can stand in
 * for it.
 */
export async function pickFiles(kind: 'files' | 'folder', defaultPath: string): Promise<string[]> {
  const window = BrowserWindow.getFocusedWindow()
  const options: Electron.OpenDialogOptions =
    kind === 'folder'
      ? { title: 'Add a folder of images', defaultPath, properties: ['openDirectory'] }
      : {
          title: 'Add images',
          defaultPath,
          properties: ['openFile', 'multiSelections'],
          filters: [
            {
              name: 'Images',
              extensions: [...imageEndings],
            },
            { name: 'All files', extensions: ['*'] },
          ],
        }
  const answer = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options)
  return answer.canceled ? [] : answer.filePaths
}
