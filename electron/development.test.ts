import { describe, expect, it } from 'vitest'
import { readDevelopment } from './development.ts'

describe('variables for development', () => {
  const env = { VITE_DEV_SERVER_URL: 'http://127.0.0.1:5173', MATHPIX_API: 'http://127.0.0.1:8080' }

  it('count while the app is not installed', () => {
    expect(readDevelopment(env, { isPackaged: false })).toEqual({
      devServer: 'http://127.0.0.1:5173',
      mathpixApi: 'http://127.0.0.1:8080',
    })
    expect(readDevelopment({ MATHPIX_API: '' }, { isPackaged: false })).toEqual({})
  })

  it('do not exist for an installed app', () => {
    expect(readDevelopment(env, { isPackaged: true })).toEqual({})
  })
})
