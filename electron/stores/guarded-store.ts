import type { KeyValueStore } from './key-value-store.ts'

/**
 * A store whose disk may refuse: what could not be written counts until the app ends, and `onRefused` is told once, until a write
 * succeeds again. Reading never fails either: what cannot be read is not there.
 */
export function guardStore(store: KeyValueStore, onRefused: (error: unknown) => void): KeyValueStore {
  /** Values that are not on disk; undefined for what could not be removed. */
  const unsaved = new Map<string, unknown>()
  let isTold = false

  function attempt(name: string, value: unknown, write: () => void): void {
    try {
      write()
      unsaved.delete(name)
      isTold = false
    } catch (error) {
      unsaved.set(name, value)
      if (!isTold) onRefused(error)
      isTold = true
    }
  }

  return {
    get(name) {
      if (unsaved.has(name)) return unsaved.get(name)
      try {
        return store.get(name)
      } catch {
        return undefined
      }
    },
    set: (name, value) => attempt(name, value, () => store.set(name, value)),
    remove: (name) => attempt(name, undefined, () => store.remove(name)),
  }
}
