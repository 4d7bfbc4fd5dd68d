/** A small store of plain data under names. What comes back is unknown until a schema has looked at it. */
export type KeyValueStore = {
  readonly get: (name: string) => unknown
  readonly set: (name: string, value: unknown) => void
  readonly remove: (name: string) => void
}

/** For tests and for what is meant to last one run only. */
export function createMemoryStore(initial: Readonly<Record<string, unknown>> = {}): KeyValueStore {
  const values = new Map(Object.entries(initial))
  return {
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    remove: (name) => void values.delete(name),
  }
}
