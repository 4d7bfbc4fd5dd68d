import { dialog } from 'electron'

/** Tells why quitting takes so long; true when the user wants to end all the same. The signal takes the question back. */
export async function askToWait(signal: AbortSignal): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: 'Waiting for the server’s answer',
    detail:
      'Images are on their way. Without the answer it would not be known whether they were accepted and billed. The app ends by itself as soon as it is there.',
    buttons: ['Wait', 'Quit anyway'],
    defaultId: 0,
    cancelId: 0,
    signal,
  })
  return response === 1 && !signal.aborted
}
