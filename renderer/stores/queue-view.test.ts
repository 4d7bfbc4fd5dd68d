import '../../testing/renderer/complete-jsdom.ts'
import { describe, expect, it } from 'vitest'
import { makeDone, makeItem } from '../../testing/renderer/make-item.ts'
import { canRenderLatex } from './renderability.ts'
import { arrangeItems } from './queue-view.ts'

const items = [
  makeDone(1, 'a', 0.99, { source: { kind: 'file', name: 'page10.png' } }),
  makeDone(2, 'b', 0.5, { source: { kind: 'file', name: 'page2.png' } }),
  makeItem(3, {
    state: 'error',
    error: { kind: 'engine', message: '' },
    source: { kind: 'file', name: 'page1.png' },
  }),
  makeDone(4, 'c', 0.2, { source: { kind: 'file', name: 'page3.png' }, flagged: true }),
]
const places = (filter: string, sort: 'drop' | 'look' | 'name') =>
  arrangeItems(items, filter, sort).map((id) => Number(id))

describe('arrangeItems', () => {
  it.each([
    ['drop order', '', 'drop', [1, 2, 3, 4]],
    ['least sure first, then failures, then the rest', '', 'look', [4, 2, 3, 1]],
    ['names as people count', '', 'name', [3, 2, 4, 1]],
    ['a state', 'failed', 'drop', [3]],
    ['a flag', 'FLAGGED', 'drop', [4]],
    ['all words have to match', 'page look', 'name', [2, 4]],
  ] as const)('%s', (_, filter, sort, expected) => {
    expect(places(filter, sort)).toEqual(expected)
  })
})

describe('canRenderLatex', () => {
  it.each([
    ['\\frac{1}{2}', true],
    ['8 \\longdiv{7200}', true],
    ['\\frac{1}{', false],
    ['\\unheardof', false],
    ['Let \\(a\\) be \\[b\\]', true],
    ['Let \\(a\\) be \\(\\frac{\\)', false],
  ])('%j → %s', (latex, expected) => {
    expect(canRenderLatex(latex)).toBe(expected)
  })
})
