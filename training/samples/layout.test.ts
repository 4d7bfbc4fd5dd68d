import { describe, expect, it } from 'vitest'
import { readLayout } from './layout.ts'

const wrap = (body: string): string => `<svg viewBox="0 0 9 9"><g transform="scale(1,-1)">${body}</g></svg>`
const square = 'M0 0H100V200H0Z'

describe('readLayout', () => {
  it('turns heights downwards and adds up nested moves and scales', () => {
    const [piece] = readLayout(
      wrap(
        `<g data-mml-node="mn" transform="translate(500,300) scale(0.5)"><path data-c="32" d="${square}"></path></g>`,
      ),
    )
    expect(piece).toMatchObject({ kind: 'run', text: '2', scale: 0.5, baseline: -300 })
    expect(piece?.box).toEqual({ left: 500, top: -400, right: 550, bottom: -300 })
  })

  it('reads italic letters as letters, with the h that has a code point elsewhere', () => {
    const path = (code: string): string =>
      `<g data-mml-node="mi"><path data-c="${code}" d="${square}"></path></g>`
    const pieces = readLayout(wrap(path('1D465') + path('210E') + path('78')))
    expect(pieces.map(({ text, isItalic }) => [text, isItalic])).toEqual([
      ['x', true],
      ['h', true],
      ['x', false],
    ])
  })

  it('puts a bracket of several parts together and cuts its middle to the window', () => {
    const parts = `<path data-c="23A1" d="M0 900H50V1000H0Z"></path><path data-c="23A3" d="M0 -500H50V-400H0Z"></path>`
    const middle = `<svg width="50" height="800" x="0" y="0" viewBox="0 0 50 800"><path data-c="23A2" d="M0 -5000H20V5000H0Z"></path></svg>`
    const [fence] = readLayout(wrap(`<g data-mml-node="mo">${parts}${middle}</g>`))
    expect(fence).toMatchObject({ kind: 'fence', text: '[' })
    expect(fence?.box).toEqual({ left: 0, top: -1000, right: 50, bottom: 500 })
  })

  it('tells the hook of a root from its line', () => {
    const root = `<g data-mml-node="msqrt"><g data-mml-node="mo"><path data-c="221A" d="${square}"></path></g><rect width="80" height="6" x="100" y="194"></rect></g>`
    expect(readLayout(wrap(root)).map(({ kind }) => kind)).toEqual(['surd', 'rule'])
  })
})
