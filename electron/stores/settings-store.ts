import { Settings } from '../../shared/settings.ts'
import type { KeyValueStore } from './key-value-store.ts'

export type SettingsStore = {
  readonly read: () => Settings
  /** Answers the whole settings after the change. */
  readonly change: (changes: Readonly<Record<string, unknown>>) => Settings
}

const KEY = 'settings'

/**
 * Settings with their defaults. A member that does not fit the schema falls back to its default; the others
 * stay.
 */
export function openSettings(store: KeyValueStore): SettingsStore {
  let current = parseSettings(store.get(KEY))
  return {
    read: () => current,
    change(changes) {
      const known = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      current = Settings.parse({ ...current, ...known })
      store.set(KEY, current)
      return current
    },
  }
}

function parseSettings(stored: unknown): Settings {
  const whole = Settings.safeParse(stored ?? {})
  if (whole.success) return whole.data
  const members = typeof stored === 'object' && stored !== null ? Object.entries(stored) : []
  const fitting = members.filter(([name, value]) => {
    const schema = (
      Settings.shape as Record<string, { safeParse: (value: unknown) => { success: boolean } } | undefined>
    )[name]
    return schema?.safeParse(value).success
  })
  return Settings.parse(Object.fromEntries(fitting))
}
