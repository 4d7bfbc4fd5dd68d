import { renameSync } from 'node:fs'
import path from 'node:path'
import { app } from 'electron'
import ElectronStore from 'electron-store'
import type { KeyValueStore } from '../stores/key-value-store.ts'

/**
 * Opens `<userData>/<name>.json`. A file that is no JSON is set aside beside it and reported by `onDamaged`,
 * and the app starts with defaults.
 */
export function openStore(name: string, onDamaged: (fileName: string) => void): KeyValueStore {
  const store = openOrSetAside(name, onDamaged)
  return {
    get: (key) => store.get(key),
    set: (key, value) => store.set(key, value),
    remove: (key) => store.delete(key),
  }
}

function openOrSetAside(name: string, onDamaged: (fileName: string) => void): ElectronStore {
  try {
    return new ElectronStore({ name, clearInvalidConfig: false })
  } catch {
    const file = path.join(app.getPath('userData'), `${name}.json`)
    const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`
    renameSync(file, aside)
    onDamaged(path.basename(aside))
    return new ElectronStore({ name, clearInvalidConfig: false })
  }
}
