import { renameSync } from 'node:fs'
import path from 'node:path'
import { app } from 'electron'
import ElectronStore from 'electron-store'
import { requireRegular } from '../../node/regular-file.ts'
import type { KeyValueStore } from '../stores/key-value-store.ts'

/**
 * Opens `<userData>/<name>.json`. What is no file, or no JSON, is set aside beside it and reported by `onDamaged`,
 * and the app starts with defaults.
 */
export function openStore(name: string, onDamaged: (fileName: string) => void): KeyValueStore {
  return openOrSetAside(name, onDamaged)
}

function openOrSetAside(name: string, onDamaged: (fileName: string) => void): KeyValueStore {
  const file = path.join(app.getPath('userData'), `${name}.json`)
  try {
    requireRegular(file)
    return wrap(new ElectronStore({ name, clearInvalidConfig: false }))
  } catch {
    const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`
    try {
      renameSync(file, aside)
      onDamaged(path.basename(aside))
      return wrap(new ElectronStore({ name, clearInvalidConfig: false }))
    } catch (error) {
      // Neither readable nor to be moved: defaults, and every change is refused with this reason.
      return refuseAll(error)
    }
  }
}

function wrap(store: ElectronStore): KeyValueStore {
  return {
    get: (key) => store.get(key),
    set: (key, value) => store.set(key, value),
    remove: (key) => store.delete(key),
  }
}

function refuseAll(error: unknown): KeyValueStore {
  const refuse = () => {
    throw error
  }
  return { get: () => undefined, set: refuse, remove: refuse }
}
