import { describe, expect, it } from 'vitest'
import { Rng } from '../rng.ts'
import { chooseWriter } from './writer.ts'
import { isKeptBack, sortHands } from './written-strokes.ts'

const line = (label: string, writer: string, strokes: readonly (readonly number[])[], size?: number) =>
  JSON.stringify({ l: label, s: 'up', w: writer, p: strokes, ...(size === undefined ? {} : { z: size }) })

const writers = Array.from({ length: 40 }, (_, at) => `writer ${String(at)}`)
const stick = [[0, 0, 0, 255]]

describe('hands', () => {
  it('train with most writers and keep the others back, never both', () => {
    const lines = writers.map((writer) => line('1', writer, stick)).join('\n')
    const [trained, kept] = [sortHands(lines, false).known.length, sortHands(lines, true).known.length]
    expect(trained + kept).toBe(40)
    expect(kept).toBe(writers.filter(isKeptBack).length)
    expect(kept).toBeGreaterThan(0)
    expect(trained).toBeGreaterThan(kept)
  })

  it('write a sign as large as the writer does', () => {
    const trained = writers.filter((writer) => !isKeptBack(writer))
    const height = (size: number) => {
      const hands = sortHands(trained.map((writer) => line('y', writer, stick, size)).join('\n'), false)
      const place = { left: 0, right: 500, bottom: 0, top: 700 }
      const write = chooseWriter(hands, new Rng(3))
      const points = write({ token: 'y', style: 'italic', count: 1 }, place, new Rng(4))?.flat() ?? []
      const ys = points.map(([, y]) => y)
      return Math.max(...ys) - Math.min(...ys)
    }
    expect(height(80)).toBeCloseTo(552, 0)
    expect(height(110)).toBeCloseTo(759, 0)
  })

  it('make brackets as tall as what stands within', () => {
    const hands = sortHands(line('(', writers.find((writer) => !isKeptBack(writer)) ?? '', stick, 100), false)
    const place = { left: 0, right: 400, bottom: -2000, top: 2000 }
    const write = chooseWriter(hands, new Rng(3))
    const ys = (write({ token: '(', style: 'upright', count: 1 }, place, new Rng(4))?.flat() ?? []).map(
      ([, y]) => y,
    )
    expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(4000, 0)
  })

  it('lack what nobody wrote', () => {
    const hands = sortHands(line('a', writers.find((writer) => !isKeptBack(writer)) ?? '', stick), false)
    const place = { left: 0, right: 1, bottom: 0, top: 1 }
    expect(
      chooseWriter(hands, new Rng(1))({ token: 'b', style: 'italic', count: 1 }, place, new Rng(1)),
    ).toBeUndefined()
  })
})
