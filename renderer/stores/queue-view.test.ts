import '../../testing/renderer/complete-jsdom.ts'
import { describe, expect, it } from 'vitest'
import { makeDone, makeItem } from '../../testing/renderer/make-item.ts'
import { canRenderLatex } from './renderability.ts'
import { findLookReason } from '../../shared/result-flags.ts'
import { arrangeItems } from './queue-view.ts'
import type { QueueSort } from './review-actions.ts'
import { listTriages, type Triage } from './triage.ts'

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
const places = (filter: string, sort: QueueSort, triage?: Triage) =>
  arrangeItems(items, { filter, sort, triage }).map((id) => Number(id))

describe('arrangeItems', () => {
  it.each([
    ['drop order', '', 'drop', [1, 2, 3, 4]],
    ['least sure first, then failures, then the rest', '', 'look', [4, 2, 3, 1]],
    ['names as people count', '', 'name', [3, 2, 4, 1]],
    ['a state', 'failed', 'drop', [3]],
    ['a flag', 'FLAGGED', 'drop', [4]],
    ['all words have to match', 'page look', 'name', [2, 4]],
    ['least sure first', '', 'confidence', [4, 2, 1, 3]],
    ['the LaTeX', '', 'latex', [1, 2, 4, 3]],
    ['the state: failures, doubts, the rest', '', 'state', [3, 2, 4, 1]],
    ['the error', '', 'error', [3, 1, 2, 4]],
  ] as const)('%s', (_, filter, sort, expected) => {
    expect(places(filter, sort)).toEqual(expected)
  })

  it('shows the images of one state', () => {
    const shown = (triage: Triage) => places('', 'drop', triage)
    expect(['new', 'look', 'flagged', 'failed', 'accepted'].map((name) => shown(name as Triage))).toEqual([
      [1],
      [2, 4],
      [4],
      [3],
      [],
    ])
  })

  it('counts an image in each state that it is in', () => {
    const item = makeDone(1, 'a', 0.5, { accepted: true, edit: 'b', flagged: true })
    expect(listTriages(item, findLookReason(item))).toEqual(['accepted', 'edited', 'flagged'])
  })

  it('needs a look below the confidence that the user chose', () => {
    const reasonAt = (lookBelow: number) => findLookReason(makeDone(1, 'a', 0.95), lookBelow)
    expect([reasonAt(0.95), reasonAt(0.96)]).toEqual([undefined, 'low_confidence'])
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
