import { describe, expect, it } from 'vitest'
import { cutErrorLine } from './error-line.ts'

describe('cutErrorLine', () => {
  it('underlines the place the parser names', () => {
    expect(cutErrorLine('x + \\foo y', { message: '', position: 4, length: 4 })).toEqual({
      before: 'x + ',
      place: '\\foo',
      after: ' y',
      number: 1,
      count: 1,
    })
  })

  it('finds the line among several', () => {
    expect(cutErrorLine('a \\\\\nb^^c\nd', { message: '', position: 7, length: 1 })).toEqual({
      before: 'b^',
      place: '^',
      after: 'c',
      number: 2,
      count: 3,
    })
  })

  it('has something to underline at the end of the source', () => {
    const line = cutErrorLine('\\frac{1}{', { message: '', position: 9 })
    expect(line).toMatchObject({ before: '\\frac{1}{', place: '\u00a0', after: '' })
  })

  it('cuts a long line on both sides', () => {
    const line = cutErrorLine(`${'a'.repeat(100)}!${'b'.repeat(100)}`, {
      message: '',
      position: 100,
      length: 1,
    })
    expect(line?.before).toBe(`…${'a'.repeat(60)}`)
    expect(line?.after).toBe(`${'b'.repeat(60)}…`)
  })

  it('knows nothing when the parser does not say', () => {
    expect(cutErrorLine('x', { message: 'too many expansions' })).toBeUndefined()
  })
})
