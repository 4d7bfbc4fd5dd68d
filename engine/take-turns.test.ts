import { describe, expect, it } from 'vitest'
import { takeTurns } from './take-turns.ts'

/** Longer than one turn. */
function step(): void {
  const end = performance.now() + 10
  while (performance.now() < end);
}

describe('work that takes turns', () => {
  it('goes on one at a time, with turns for others in between, however much of it there is', async () => {
    let isOver = false
    let [resumed, most] = [0, 0]
    const watch = () => {
      most = Math.max(most, resumed)
      resumed = 0
      if (!isOver) setImmediate(watch)
    }
    const work = async () => {
      const turn = takeTurns()
      for (let steps = 0; steps < 4; steps += 1) {
        step()
        await turn()
        resumed += 1
      }
    }
    setImmediate(watch)
    await Promise.all([work(), work(), work(), work()])
    isOver = true
    expect(most).toBe(1)
  })
})
