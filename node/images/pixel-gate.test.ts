import { describe, expect, it } from 'vitest'
import { PixelGate } from './pixel-gate.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the gate', () => {
  it('lets small pictures in side by side and a large one alone, in turn', async () => {
    const gate = new PixelGate(10)
    const inside: string[] = []
    const enter = async (name: string, pixels: number) => {
      const leave = await gate.enter(pixels)
      inside.push(name)
      return () => {
        inside.splice(inside.indexOf(name), 1)
        leave()
      }
    }
    const [first, second] = await Promise.all([enter('a', 4), enter('b', 4)])
    const large = enter('large', 500)
    const small = enter('small', 1)
    await settle()
    expect(inside).toEqual(['a', 'b'])
    first()
    await settle()
    expect(inside).toEqual(['b'])
    second()
    const leaveLarge = await large
    await settle()
    expect(inside).toEqual(['large'])
    leaveLarge()
    const leaveSmall = await small
    expect(inside).toEqual(['small'])
    leaveSmall()
  })

  it('makes room once, however often it is left', async () => {
    const gate = new PixelGate(10)
    const leave = await gate.enter(10)
    leave()
    leave()
    await gate.enter(10)
    let isInside = false
    void gate.enter(1).then(() => {
      isInside = true
    })
    await settle()
    expect(isInside).toBe(false)
  })
})
