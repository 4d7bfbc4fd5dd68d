import { Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import type { Canvas } from '../preprocess/pixels.ts'
import { readCanvas } from './beam-search.ts'
import { createFakeModel, createMisleadingModel } from '../../testing/engine/fake-model.ts'
import { pickBeams } from './model.ts'
import { cutLoop, isLooping } from './repetition.ts'
import { WellFormed } from './well-formed.ts'

const canvas: Canvas = { data: new Uint8Array(32 * 32), width: 32, height: 32 }
function walk(tokens: readonly string[]): { state: WellFormed; refused: string | undefined } {
  let state = WellFormed.start
  for (const token of tokens) {
    if (!state.allows(token)) return { state, refused: token }
    state = state.advance(token)
  }
  return { state, refused: undefined }
}

describe('WellFormed', () => {
  it.each([
    'x^{2}+y_{1}^{2}=9',
    '\\frac{\\sqrt[3]{x}}{\\binom{n}{k}}',
    'f(x)=\\begin{cases}x&\\text{if so}\\\\1&y\\end{cases}',
    '\\begin{array}{r}12\\\\+3\\\\\\hline\\end{array}',
    '{}_{n}C_{r}',
    '\\operatorname{rank}A\\,\\mathrm{cm}',
    '\\left(\\begin{array}{c|c}1&2\\end{array}\\right)^{T}',
    '[0,1)',
    '12)(x+1)',
    '\\{x|f(x)>(0)\\}',
    '\\overline{AB}\\tag{1}',
  ])('lets %s pass', (latex) => {
    const { state, refused } = walk(normaliseLatex(latex))
    expect(refused).toBeUndefined()
    expect(state.canEnd()).toBe(true)
  })

  it.each([
    ['}', ['x', '}']],
    ['x', ['\\frac', 'x']],
    ['_', ['x', '_', '{', '1', '}', '_']],
    ['_', ['x', '^', '{', '1', '}', '_']],
    ['^', ['x', '^', '{', '1', '}', '^']],
    ['&', ['x', '&']],
    ['\\end{array}', ['x', '\\end{array}']],
    ['\\right)', ['x', '\\right)']],
    ['\\frac', ['\\text', '{', '\\frac']],
    ['}', ['\\text', '{', '}']],
    ['}', ['\\sqrt', '{', '}']],
    ['x', ['\\begin{array}', '{', 'x']],
    ['\\\\', ['\\begin{array}', '{', 'l', 'l', '}', 'x', '\\\\']],
    ['&', ['\\begin{array}', '{', 'l', '|', 'l', '}', 'x', '&', 'y', '&']],
    ['\\end{array}', ['\\begin{array}', '{', 'c', 'c', '}', '1', '&', '2', '\\\\', '3', '\\end{array}']],
    [' ', ['x', ' ']],
    ['<pad>', ['<pad>']],
    [')', ['x', '+', 'y', '+', ')']],
    [')', ['\\sqrt', '{', 'x', ')']],
    ['}', ['\\sqrt', '{', '(', 'x', '}']],
    ['&', ['\\begin{array}', '{', 'c', 'c', '}', '(', 'x', '&']],
  ])('refuses %s at the end of %j', (refused, tokens) => {
    expect(walk(tokens).refused).toBe(refused)
    expect(walk(tokens.slice(0, -1)).refused).toBeUndefined()
  })

  it('does not end inside anything', () => {
    expect(walk(['\\frac', '{', 'x', '}']).state.canEnd()).toBe(false)
    expect(walk(['f', '(', 'x']).state.canEnd()).toBe(false)
    expect(walk(['\\left(', '\\begin{array}', '{', 'c', '}', 'x']).state.canEnd()).toBe(false)
  })
})

describe('isLooping', () => {
  it('sees a stretch that comes again and again', () => {
    expect(isLooping([9, ...Array.from({ length: 6 }, () => [3, 4, 5]).flat()])).toBe(true)
    expect(isLooping(Array.from({ length: 13 }, () => 7))).toBe(true)
  })

  it('lets honest repetition be', () => {
    expect(isLooping([1, 0, 0, 0, 0, 0, 0])).toBe(false)
    expect(isLooping([3, 4, 5, 3, 4, 5, 3, 4, 6])).toBe(false)
    const row = Array.from({ length: 20 }, (_, at) => at)
    expect(isLooping([...row, ...row])).toBe(false)
  })

  it('sees long stretches sooner than short ones', () => {
    const row = Array.from({ length: 20 }, (_, at) => at)
    expect(isLooping([...row, ...row, ...row])).toBe(true)
  })
})

describe('cutLoop', () => {
  it('leaves what came again once', () => {
    expect(cutLoop([9, ...Array.from({ length: 6 }, () => [3, 4, 5]).flat()])).toEqual([9, 3, 4, 5])
    expect(cutLoop([1, 2, 3])).toEqual([1, 2, 3])
  })
})

describe('readCanvas', () => {
  it('reads greedily until the end', async () => {
    const model = createFakeModel(
      (position) => [{ x: 9 }, { '+': 9 }, { '1': 9 }][position] ?? { '<end>': 9 },
    )
    const { hypotheses, isPrinted } = await readCanvas(model, canvas, 1)
    expect(hypotheses[0]?.tokens).toEqual(['x', '+', '1'])
    expect(hypotheses[0]?.isComplete).toBe(true)
    expect(hypotheses[0]?.logProbabilities).toHaveLength(4)
    expect(isPrinted).toBe(0.9)
  })

  it('takes the best token that keeps the formula well-formed', async () => {
    const model = createFakeModel((position) =>
      position === 0
        ? { '}': 5, x: 3 }
        : position === 1
          ? { '^': 9 }
          : { '}': 6, '<end>': 5, '1': 4, '{': 1 },
    )
    const { hypotheses } = await readCanvas(model, canvas, 1)
    expect(hypotheses[0]?.tokens).toEqual(['x', '^', '{', '1', '}'])
  })

  it('finds with a beam what greedy reading misses', async () => {
    const model = createMisleadingModel()
    const greedy = await readCanvas(model, canvas, 1)
    const beam = await readCanvas(model, canvas, 3)
    expect(greedy.hypotheses[0]?.tokens[0]).toBe('x')
    expect(beam.hypotheses[0]?.tokens).toEqual(['1'])
    expect(beam.hypotheses.length).toBeGreaterThan(1)
  })

  it('cuts a loop off, closes what is open and does not call it complete', async () => {
    const model = createFakeModel((position) =>
      position === 0 ? { '\\frac': 9 } : position === 1 ? { '{': 9 } : { x: 9 },
    )
    const { hypotheses } = await readCanvas(model, canvas, 1)
    expect(hypotheses[0]?.isComplete).toBe(false)
    expect(hypotheses[0]?.tokens.slice(-3)).toEqual(['}', '{', '}'])
    expect(hypotheses[0]?.logProbabilities.length).toBeGreaterThan(hypotheses[0]?.tokens.length ?? 0)
    expect(hypotheses[0]?.tokens).toEqual(['\\frac', '{', 'x', '}', '{', '}'])
  })

  it('tells how close the second choice came, and how likely it is that nothing is there', async () => {
    const model = createFakeModel(
      (position) =>
        [
          { x: 6, '<end>': 2 },
          { '+': 5, '1': 4 },
        ][position] ?? { '<end>': 9 },
    )
    const { hypotheses, emptyLogProbability } = await readCanvas(model, canvas, 1)
    expect(hypotheses[0]?.leastMargin).toBeCloseTo(Math.log(5 / 4))
    expect(emptyLogProbability).toBeCloseTo(Math.log(2 / 8))
  })

  it('gives up where there is no hope', async () => {
    const model = createFakeModel(() => ({ x: 5, '1': 5 }))
    const { hypotheses } = await readCanvas(model, canvas, 1, (logProbability) => logProbability < -2)
    expect(hypotheses[0]?.tokens).toHaveLength(3)
    expect(hypotheses[0]?.isComplete).toBe(false)
  })
})

describe('pickBeams', () => {
  it('repeats and reorders along the first axis', () => {
    const tensor = new Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2])
    const [picked] = pickBeams([tensor], [1, 1, 0])
    expect(picked?.dims).toEqual([3, 2, 2])
    expect([...((picked?.data ?? []) as Float32Array)]).toEqual([5, 6, 7, 8, 5, 6, 7, 8, 1, 2, 3, 4])
  })
})
