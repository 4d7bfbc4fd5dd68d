import { describe, expect, it } from 'vitest'
import { createEngineEnvironment, omitForeignVariables } from './engine-environment.ts'

describe('the environment of an engine', () => {
  it('leaves out of the app’s own what is meant for others', () => {
    const base = {
      PATH: '/bin',
      FORMULIFT_ENGINE_APP_KEY: 'of an engine run alone',
      FORMULIFT_ENGINE_PUBLIC: '1',
      MATHPIX_APP_KEY: 'of the service',
    }
    expect(omitForeignVariables(base)).toEqual({ PATH: '/bin' })
  })

  it('keeps memory small unless it is told otherwise', () => {
    expect(createEngineEnvironment({ MALLOC_ARENA_MAX: '8' })).toMatchObject({
      MALLOC_ARENA_MAX: '8',
      MALLOC_TRIM_THRESHOLD_: '1048576',
    })
  })
})
