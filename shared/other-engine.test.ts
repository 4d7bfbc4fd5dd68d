import { describe, expect, it } from 'vitest'
import type { Submission } from './batch.ts'
import { chooseOtherEngine } from './other-engine.ts'
import { MATHPIX_EU, MATHPIX_GLOBAL, type EngineChoice } from './settings.ts'

const local: EngineChoice = { kind: 'local' }
const eu: EngineChoice = { kind: 'mathpix', baseUrl: MATHPIX_EU }
const sentTo = (engine: EngineChoice): Submission => ({
  id: 's',
  engine,
  state: 'completed',
  itemIds: [],
  submittedAt: '',
})

describe('chooseOtherEngine', () => {
  it('is this computer for what Mathpix read', () => {
    expect(chooseOtherEngine({ engine: eu, submissions: [] }, local)).toEqual(local)
  })

  it('is the Mathpix server that the batch asked last, else that of the settings, else the global one', () => {
    const read = { engine: local, submissions: [sentTo(eu), sentTo(local)] }
    expect(chooseOtherEngine(read, local)).toEqual(eu)
    expect(chooseOtherEngine({ ...read, submissions: [] }, eu)).toEqual(eu)
    expect(chooseOtherEngine({ ...read, submissions: [] }, local)).toMatchObject({ baseUrl: MATHPIX_GLOBAL })
  })
})
