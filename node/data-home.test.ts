import { describe, expect, it } from 'vitest'
import { findDataHome } from './data-home.ts'

describe('findDataHome', () => {
  it.each([
    ['linux', {}, '/home/a/.local/share'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data'],
    ['linux', { XDG_DATA_HOME: 'not/absolute' }, '/home/a/.local/share'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/a/Library/Application Support'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local'],
  ] as const)('on %s with %o', (platform, env, wanted) => {
    expect(findDataHome(env, platform, '/home/a')).toBe(wanted)
  })
})
