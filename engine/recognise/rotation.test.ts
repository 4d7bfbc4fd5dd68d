import { describe, expect, it } from 'vitest'
import {
  chooseLikely,
  describeRotation,
  isWrongWayRound,
  judgePages,
  judgeTurns,
  listTurns,
  seemsToLie,
} from './rotation.ts'
import type { Calibration } from './calibration.ts'
import type { Look } from './looks.ts'

const none = { weights: { bias: 0 }, caution: { from: 1, slope: 1 } }
const calibration: Calibration = {
  right: { alone: none, both: none, split: none, plain: none },
  formula: { bias: 0 },
  choice: {},
  turn: { bias: 0, improbable: 1 },
  upright: 2,
}

function lookOf(logProbability: number, isComplete = true): Look {
  const canvas = { data: new Uint8Array(64 * 32), width: 64, height: 32 }
  return {
    hypotheses: [
      {
        tokens: ['x'],
        logProbabilities: [logProbability, 0],
        isComplete,
        leastMargin: 1,
        coverage: { pieces: 1, unread: 0, reread: 0 },
      },
    ],
    isPrinted: 1,
    emptyLogProbability: -9,
    turns: [0.9, 0, 0.1, 0],
    source: {
      pieces: [],
      glyphHeight: 20,
      dropped: 0,
      canvas,
      scale: 0.7,
      redraw: () => canvas,
      locate: (box) => box,
    },
  }
}

describe('judgeTurns', () => {
  it('turns where one way round reads far better', () => {
    const turned = [
      { turn: 90, first: lookOf(-11) },
      { turn: 270, first: lookOf(-0.1) },
    ] as const
    const { turn, rotation } = judgeTurns(calibration, lookOf(-10), turned)
    expect(turn).toBe(270)
    expect(rotation.degrees).toBe(-90)
    expect(rotation.confidence).toBeGreaterThan(0.99)
  })

  it('leaves a picture alone that reads about as well as it is', () => {
    const { rotation } = judgeTurns(calibration, lookOf(-1), [{ turn: 180, first: lookOf(-0.5) }])
    expect(rotation).toEqual({ degrees: 0, confidence: expect.closeTo(0.18, 2) as number })
  })

  it('does not believe a look that was given up', () => {
    const { rotation } = judgeTurns(calibration, lookOf(-10), [{ turn: 180, first: lookOf(0, false) }])
    expect(rotation).toEqual({ degrees: 0, confidence: 0 })
  })
})

describe('listTurns', () => {
  it('tries by the shape of the ink', () => {
    expect(listTurns(400, 50)).toEqual([180])
    expect(listTurns(100, 90)).toEqual([90, 180, 270])
  })
})

describe('chooseLikely', () => {
  const views = [{ turn: 90 }, { turn: 180 }, { turn: 270 }] as const

  it('keeps the turns that the picture itself speaks for, the likeliest first', () => {
    expect(chooseLikely([0.2, 0.1, 0.001, 0.699], views)).toEqual([{ turn: 270 }, { turn: 90 }])
  })

  it('keeps none where the picture is upright beyond doubt', () => {
    expect(chooseLikely([0.985, 0.005, 0.005, 0.005], views)).toEqual([])
  })
})

describe('seemsToLie', () => {
  const readAs = (tokens: string[], turns: number[]): Look => {
    const seen = lookOf(-0.1)
    return { ...seen, turns, hypotheses: seen.hypotheses.map((one) => ({ ...one, tokens })) }
  }

  it('where nothing was read and another side is up', () => {
    expect(seemsToLie(readAs([], [0.1, 0.8, 0, 0.1]))).toBe(true)
    expect(seemsToLie(readAs([], [0.8, 0.1, 0, 0.1]))).toBe(false)
    expect(seemsToLie(readAs(['x'], [0.1, 0.8, 0, 0.1]))).toBe(false)
  })
})

describe('a rotation', () => {
  it('is told in the service’s degrees, and not below one half', () => {
    expect(describeRotation(90, 0.9)).toEqual({ degrees: 90, confidence: 0.9 })
    expect(describeRotation(270, 0.9)).toEqual({ degrees: -90, confidence: 0.9 })
    expect(describeRotation(180, 0.4)).toEqual({ degrees: 0, confidence: 0.4 })
    expect(describeRotation(180, 0.4, 0.3)).toEqual({ degrees: 180, confidence: 0.4 })
  })

  it('of a page follows from how legible its words become', () => {
    expect(judgePages(180, 0.97, 0.6).confidence).toBeGreaterThan(0.99)
    expect(judgePages(180, 0.9, 0.85).degrees).toBe(0)
  })

  it('is given up on early where tokens are guesses', () => {
    expect(isWrongWayRound(-9, 9)).toBe(true)
    expect(isWrongWayRound(-2, 9)).toBe(false)
    expect(isWrongWayRound(-26, 200)).toBe(true)
  })
})
