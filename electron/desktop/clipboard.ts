import { clipboard } from 'electron'

/** The only use of the clipboard, asynchronous because later versions of Electron are. */
export function writeClipboard(text: string, html?: string): Promise<void> {
  clipboard.write(html === undefined ? { text } : { text, html })
  return Promise.resolve()
}
