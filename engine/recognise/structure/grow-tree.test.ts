import { describe, expect, it } from 'vitest'
import type { SpottedSign } from '../spot/spotted-sign.ts'
import { growTree } from './grow-tree.ts'
import type { SignOffers } from './linker.ts'
import { relations, spellings, type Relation } from './sign-tree.ts'

const vocabulary = ['<none>', 'x', '2', '+']

function spot(left: number): SpottedSign {
  const empty = new Float32Array(0)
  return {
    box: [left, 0, left + 8, 10],
    place: [0, 0],
    probability: 1,
    names: empty,
    styles: empty,
    features: empty,
  }
}

function logarithms(length: number, likely: number, share = 0.9): Float32Array {
  return Float32Array.from({ length }, (_, at) =>
    Math.log(at === likely ? share : (1 - share) / (length - 1)),
  )
}

type Wish = readonly [parent: number, share: number, relation: Relation]

function offer(token: string, wishes: readonly Wish[], others: Partial<SignOffers> = {}): SignOffers {
  return {
    parents: wishes.map(([parent, share, relation]) => ({
      parent,
      logProbability: Math.log(share),
      relations: logarithms(relations.length, relations.indexOf(relation)),
    })),
    first: Math.log(0.001),
    stray: Math.log(0.001),
    tokens: logarithms(vocabulary.length, vocabulary.indexOf(token)),
    spellings: logarithms(spellings.length, 0),
    ...others,
  }
}

const first = { first: Math.log(0.9) }

describe('growTree', () => {
  it('gives a place to the surer of two signs that want it, and to the other one its next wish', () => {
    const { signs } = growTree(
      [spot(0), spot(10), spot(20)],
      [
        offer('x', [], first),
        offer('+', [[0, 0.9, 'right']]),
        offer('2', [
          [0, 0.6, 'right'],
          [1, 0.4, 'right'],
        ]),
      ],
      vocabulary,
    )
    expect(signs.map(({ token, parent, relation }) => [token, parent, relation])).toEqual([
      ['x', -1, 'right'],
      ['+', 0, 'right'],
      ['2', 1, 'right'],
    ])
  })

  it('leaves out what is no sign, and hangs what hung there elsewhere', () => {
    const { signs, strays } = growTree(
      [spot(0), spot(1), spot(10)],
      [
        offer('x', [], first),
        offer('x', [[0, 0.2, 'right']], { stray: Math.log(0.7) }),
        offer('2', [
          [1, 0.7, 'superscript'],
          [0, 0.3, 'superscript'],
        ]),
      ],
      vocabulary,
    )
    expect(strays).toHaveLength(1)
    expect(signs.map(({ parent }) => parent)).toEqual([-1, 0])
  })

  it('is one tree whatever is offered', () => {
    const { signs } = growTree(
      [spot(0), spot(10), spot(20)],
      [offer('x', [], first), offer('2', [[2, 0.9, 'right']]), offer('2', [[1, 0.9, 'right']])],
      vocabulary,
    )
    expect(signs.filter(({ parent }) => parent === -1)).toHaveLength(1)
    expect(signs.filter(({ parent }) => parent === 0)).toHaveLength(1)
  })

  it('keeps the only signs there are', () => {
    const { signs } = growTree([spot(0)], [offer('x', [], { ...first, stray: Math.log(0.8) })], vocabulary)
    expect(signs).toHaveLength(1)
  })
})
