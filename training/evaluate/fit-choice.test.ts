import { describe, expect, it } from 'vitest'
import { Rng } from '../generate/rng.ts'
import { fitChoice, type Choice } from './fit-choice.ts'

describe('fitChoice', () => {
  it('finds the weights that choices were made with', () => {
    const rng = new Rng(5)
    const truth = [1.5, -2]
    const choices = Array.from({ length: 4000 }, (): Choice => {
      const option = [rng.normal(), rng.normal()]
      const odds = option.reduce((sum, value, at) => sum + value * (truth[at] ?? 0), 0)
      return { options: [option, [0, 0]], chosen: rng.chance(1 / (1 + Math.exp(-odds))) ? 0 : 1, weight: 1 }
    })
    const [first = 0, second = 0] = fitChoice(choices, 0.01)
    expect(Math.abs(first - 1.5)).toBeLessThan(0.15)
    expect(Math.abs(second + 2)).toBeLessThan(0.15)
  })

  it('stays small where choices never err', () => {
    const choices = [1, 2, 3].map((value): Choice => ({ options: [[value], [0]], chosen: 0, weight: 1 }))
    const [weight = 0] = fitChoice(choices, 1)
    expect(weight).toBeGreaterThan(0)
    expect(weight).toBeLessThan(2)
  })
})
