import path from 'node:path'
import { BrowserWindow, dialog } from 'electron'
import type { SaveQuestion } from '../export/export-items.ts'

/** The system's dialog for saving, which asks before a file is replaced. Looked up at the moment of the call, so that tests can stand in for it. */
export async function askWhere(question: SaveQuestion, folder: string): Promise<string | undefined> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (question.kind === 'folder') {
    const options: Electron.OpenDialogOptions = {
      title: 'Export into a folder',
      buttonLabel: 'Export here',
      defaultPath: folder,
      properties: ['openDirectory', 'createDirectory'],
    }
    const answer = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options)
    return answer.canceled ? undefined : answer.filePaths[0]
  }
  const { name, extension } = question.filter
  const options: Electron.SaveDialogOptions = {
    title: 'Export',
    buttonLabel: 'Export',
    defaultPath: path.join(folder, question.name),
    filters: [{ name, extensions: [extension] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  }
  const answer = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options)
  if (answer.canceled || answer.filePath === '') return undefined
  return answer.filePath
}
