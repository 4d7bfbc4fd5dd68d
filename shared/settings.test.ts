import { describe, expect, it } from 'vitest'
import { callContract } from './ipc/contract.ts'
import { Settings } from './settings.ts'

describe('a change of settings', () => {
  it('says nothing about the others', () => {
    const { input } = callContract.setSettings
    expect(input.parse({ theme: 'dark' })).toEqual({ theme: 'dark' })
    expect(input.parse({ dailyLimit: null })).toEqual({ dailyLimit: null })
    expect(input.parse({})).toEqual({})
  })

  it('takes every setting, and no value that it cannot have', () => {
    const { input } = callContract.setSettings
    const all = Settings.parse({})
    expect(input.parse(all)).toEqual(all)
    expect(input.safeParse({ theme: 'pink' }).success).toBe(false)
  })
})
