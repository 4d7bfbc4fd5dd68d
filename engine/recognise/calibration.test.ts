import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEvidence } from '../../testing/engine/fixture-evidence.ts'
import {
  estimateFormula,
  estimateRight,
  loadCalibration,
  measureNames,
  type Calibration,
} from './calibration.ts'

const plain = { weights: { bias: 1, doubt: -1, leftOverInk: -2 }, caution: { from: 1, slope: 1 } }
const table: Calibration = {
  right: { alone: plain, both: plain, split: plain, plain },
  formula: { bias: 3, leftOverInk: -4 },
  choice: {},
  turn: { bias: 0 },
  upright: 1,
}

describe('estimateRight', () => {
  it('is the product of the tokens’ probabilities where nothing was fitted', () => {
    expect(estimateRight(undefined, createEvidence({ logProbability: Math.log(0.8) }))).toBeCloseTo(0.8)
    expect(estimateRight(undefined, createEvidence({ agreed: 0.4 }))).toBe(0.4)
  })

  it('falls with every reason to doubt', () => {
    const sure = estimateRight(table, createEvidence({ logProbability: -0.01 }))
    const unsure = estimateRight(table, createEvidence({ logProbability: -1 }))
    const leftOver = estimateRight(table, createEvidence({ logProbability: -1, expectedPieces: 3 }))
    expect(sure).toBeGreaterThan(unsure)
    expect(unsure).toBeGreaterThan(leftOver)
  })

  it('is bent down by caution, but keeps its order', () => {
    const bent = { ...plain, caution: { from: 1, slope: 0.5 } }
    const cautious = { ...table, right: { ...table.right, alone: bent } }
    const evidence = createEvidence({ logProbability: -0.01 })
    const surer = createEvidence({ logProbability: -0.001 })
    expect(estimateRight(cautious, evidence)).toBeLessThan(estimateRight(table, evidence))
    expect(estimateRight(cautious, surer)).toBeGreaterThan(estimateRight(cautious, evidence))
  })

  it('asks the table for readings that both ways of reading gave, or that one did', () => {
    const signs = {
      votes: 1,
      logProbability: -0.1,
      leastLogProbability: -0.05,
      leastPresence: 0.9,
      strays: 0,
      apart: 0,
    }
    const right = {
      alone: plain,
      both: { ...plain, weights: { bias: 3 } },
      split: { ...plain, weights: { bias: -3 } },
      plain: { ...plain, weights: { bias: 1 } },
    }
    const estimate = (by: 'both' | 'tokens' | 'signs' | 'plain') =>
      estimateRight({ ...table, right }, createEvidence({ signs: { ...signs, by } }))
    expect(estimate('both')).toBeGreaterThan(0.9)
    expect(estimate('tokens')).toBeLessThan(0.1)
    expect(estimate('signs')).toBeLessThan(0.1)
  })

  it('never believes what was cut off', () => {
    expect(
      estimateRight(table, createEvidence({ logProbability: -0.001, isComplete: false })),
    ).toBeLessThanOrEqual(0.05)
    expect(estimateRight(undefined, createEvidence({ isComplete: false }))).toBeLessThanOrEqual(0.05)
  })

  it('is a probability, whatever comes', () => {
    const wild = createEvidence({
      logProbability: -Infinity,
      leastLogProbability: -Infinity,
      leastMargin: Infinity,
      tokens: 0,
    })
    for (const name of measureNames) {
      const alone = { ...plain, weights: { bias: 0, [name]: 1 } }
      const confidence = estimateRight({ ...table, right: { ...table.right, alone } }, wild)
      expect(confidence, name).toBeGreaterThanOrEqual(0)
      expect(confidence, name).toBeLessThanOrEqual(1)
    }
  })
})

describe('estimateFormula', () => {
  it('takes much ink that no sign accounts for as a picture of something else', () => {
    expect(estimateFormula(table, createEvidence({}))).toBeGreaterThan(0.9)
    expect(estimateFormula(table, createEvidence({ expectedPieces: 1, pieces: 200 }))).toBeLessThan(0.1)
  })
})

describe('loadCalibration', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'calibration-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('has none where there is no table', async () => {
    expect(await loadCalibration(folder)).toBeUndefined()
  })

  it('rejects a table that is damaged', async () => {
    writeFileSync(path.join(folder, 'calibration.json'), '{"right":')
    await expect(loadCalibration(folder)).rejects.toThrow()
  })

  it('reads the table of the released weights', async () => {
    const released = await loadCalibration(path.resolve(import.meta.dirname, '../model'))
    const good = createEvidence({ logProbability: -0.01, leastLogProbability: -0.004, leastMargin: 6 })
    const bad = createEvidence({
      logProbability: -9,
      leastLogProbability: -3,
      leastMargin: 0.1,
      expectedPieces: 40,
    })
    expect(estimateRight(released, good)).toBeGreaterThan(0.8)
    expect(estimateRight(released, bad)).toBeLessThan(0.2)
    expect(estimateFormula(released, good)).toBeGreaterThan(0.5)
  })
})
