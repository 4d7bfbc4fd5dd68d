import { describe, expect, it } from 'vitest'
import { createPageRecovery } from './page-recovery.ts'

function setUp() {
  const told: string[] = []
  let [now, loads, givenUp] = [0, 0, 0]
  const recovery = createPageRecovery({
    elapsed: () => now,
    reload: () => (loads += 1),
    giveUp: () => (givenUp += 1),
    tell: (message) => told.push(message),
    shownBatch: () => 'Scans of May',
  })
  return { recovery, told, pass: (ms: number) => (now += ms), counts: () => ({ loads, givenUp }) }
}

describe('a page that fails', () => {
  it('comes back without the image, and the second time in a row without the batch, which is named', () => {
    const { recovery, told } = setUp()
    expect(recovery.opens()).toBe('image')
    recovery.pageFailed('died')
    expect(recovery.opens()).toBe('batch')
    recovery.pageFailed('hung')
    expect(recovery.opens()).toBe('nothing')
    expect(told[0]).toBe(
      'The window stopped and was loaded again. Batches go on, and nothing that was saved is lost.',
    )
    expect(told[1]).toContain('“Scans of May”')
  })

  it('fails a first time again after it has lived for a while', () => {
    const { recovery, pass } = setUp()
    recovery.pageFailed('died')
    pass(200_000)
    recovery.pageFailed('died')
    expect(recovery.opens()).toBe('batch')
  })

  it('is not loaded for ever', () => {
    const { recovery, counts } = setUp()
    for (let time = 0; time < 5; time += 1) recovery.pageFailed('died')
    expect(counts()).toEqual({ loads: 4, givenUp: 1 })
  })
})
