import { BrowserWindow, dialog } from 'electron'

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
              extensions: [
                'png',
                'jpg',
                'jpeg',
                'webp',
                'gif',
                'bmp',
                'tif',
                'tiff',
                'avif',
                'heic',
                'heif',
                'svg',
              ],
            },
            { name: 'All files', extensions: ['*'] },
          ],
        }
  const answer = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options)
  return answer.canceled ? [] : answer.filePaths
}
