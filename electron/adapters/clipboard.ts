import { clipboard } from 'electron'

/** The only use of the clipboard, asynchronous because later versions of Electron are. */
export async function writeClipboard(text: string, html?: string): Promise<void> {
  await Promise.resolve(clipboard.write(html === undefined ? { text } : { text, html }))
}
