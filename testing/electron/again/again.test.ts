import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ServiceKit } from '../service-kit.ts'
import { AgainScene } from './again-scene.ts'
import { allCases } from './again-cases.ts'

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

describe('an image that may be sent again', () => {
  it.each(allCases)('$name', async ({ run, sent }) => {
    const scene = new AgainScene(kit)
    await run(scene)
    expect(scene.timesSent()).toBe(sent)
  })
})
