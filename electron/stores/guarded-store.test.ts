import { describe, expect, it } from 'vitest'
import { guardStore } from './guarded-store.ts'
import { createMemoryStore } from './key-value-store.ts'

function setUp() {
  const disk = createMemoryStore({ kept: 1 })
  const refusals: unknown[] = []
  let isFull = true
  const refuse = () => {
    if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  }
  const store = guardStore(
    {
      get: disk.get,
      set: (name, value) => {
        refuse()
        disk.set(name, value)
      },
      remove: (name) => {
        refuse()
        disk.remove(name)
      },
    },
    (error) => refusals.push(error),
  )
  return { disk, store, refusals, free: () => (isFull = false) }
}

describe('settings on a disk that refuses', () => {
  it('count until the app ends, and are told about once', () => {
    const { store, disk, refusals } = setUp()
    store.set('theme', 'dark')
    store.set('theme', 'light')
    store.remove('kept')
    expect(store.get('theme')).toBe('light')
    expect(store.get('kept')).toBeUndefined()
    expect(disk.get('kept')).toBe(1)
    expect(refusals).toHaveLength(1)
  })

  it('are saved by the next change when there is room again', () => {
    const { store, disk, refusals, free } = setUp()
    store.set('theme', 'dark')
    free()
    store.set('theme', 'light')
    expect(disk.get('theme')).toBe('light')
    expect(refusals).toHaveLength(1)
  })
})
