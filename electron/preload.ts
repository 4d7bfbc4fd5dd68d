import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { calls, events } from '../shared/ipc/names.ts'

/** Exposes exactly the contract. Kept tiny: it runs before the page, in the sandbox. */

/**
 * A file on disk goes by its path, which only Electron can tell from a real `File`; a pasted one by its
 * bytes.
 */
async function toSource(file: File) {
  const path = webUtils.getPathForFile(file)
  if (path !== '') return { kind: 'path', path }
  return { kind: 'bytes', name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}

const api: Record<string, unknown> = {
  addFiles: async ({ batchId, files }: { batchId: string; files: readonly File[] }): Promise<unknown> =>
    ipcRenderer.invoke('addSources', { batchId, sources: await Promise.all(files.map(toSource)) }),
}
for (const name of calls) {
  if (name !== 'addSources') api[name] = (input: unknown): Promise<unknown> => ipcRenderer.invoke(name, input)
}
for (const name of events) {
  api[name] = (listener: (payload: unknown) => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(name, forward)
    return () => {
      ipcRenderer.off(name, forward)
    }
  }
}

contextBridge.exposeInMainWorld('api', api)
