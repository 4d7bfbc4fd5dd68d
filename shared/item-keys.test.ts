import { describe, expect, it } from 'vitest'
import {
  compareNaturally,
  makeItemId,
  makeKey,
  makePartId,
  makePartKey,
  positionOf,
  toKey,
  toPlainName,
} from './item-keys.ts'

describe('makeKey', () => {
  it('is the zero-padded position and the name without extension', () => {
    expect(makeKey(1, 'fraction.png')).toBe('0001-fraction')
  })

  it('sorts in drop order over every change of width', () => {
    const positions = [1, 2, 9, 10, 99, 100, 999, 1000, 9999, 10_000, 99_999, 100_000]
    const keys = positions.map((position) => makeKey(position, 'x.png'))
    expect([...keys].sort()).toEqual(keys)
  })

  it('sorts pages of one file in order, between its neighbours', () => {
    const keys = [
      makeKey(3, 'scan.tiff', 1),
      makeKey(3, 'scan.tiff', 2),
      makeKey(3, 'scan.tiff', 10),
      makeKey(4, 'a.png'),
    ]
    expect([...keys].sort()).toEqual(keys)
  })
})

describe('toPlainName', () => {
  it.each([
    ['Größe 1.JPG', 'Gro-e-1'],
    ['a#b?c%d"e<f>.png', 'a-b-c-d-e-f'],
    ['🙂.png', 'image'],
    ['..', 'image'],
    ['', 'image'],
    ['v1.2 final.jpeg', 'v1.2-final'],
  ])('%s → %s', (name, plain) => {
    expect(toPlainName(name)).toBe(plain)
  })

  it('keeps long names short', () => {
    expect(toPlainName('x'.repeat(500)).length).toBeLessThanOrEqual(60)
  })
})

describe('item ids', () => {
  it('sort in drop order, further pages after their first', () => {
    const ids = [
      makeItemId(1),
      makeItemId(2),
      makeItemId(2, 2),
      makeItemId(2, 11),
      makeItemId(10),
      makeItemId(100_000),
    ]
    expect([...ids].sort()).toEqual(ids)
  })

  it('give their position back', () => {
    expect(positionOf(makeItemId(42, 3))).toBe(42)
    expect(positionOf('nonsense')).toBe(0)
  })
})

describe('parts of an item', () => {
  it('have its key with a letter, behind the number or, for an own key, at the end', () => {
    expect(makePartKey('0007-fraction', 0)).toBe('0007a-fraction')
    expect(makePartKey('limit', 1)).toBe('limit-b')
  })

  it('sort one after the other, behind it and before the next page of its file, however many', () => {
    const parts = Array.from({ length: 60 }, (_, at) => makePartId('0000007', at))
    const ids = ['0000007', ...parts, makeItemId(7, 2), makePartId(makeItemId(7, 2), 0), makeItemId(8)]
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
    expect(positionOf(parts[59] ?? '')).toBe(7)
  })
})

describe('toKey', () => {
  it('makes typed text fit for the wire and refuses emptiness', () => {
    expect(toKey(' Übung 3/a ')).toBe('Ubung-3-a')
    expect(toKey('🙂')).toBeUndefined()
  })
})

describe('compareNaturally', () => {
  it('orders numbers by value', () => {
    expect(['p10.png', 'p9.png', 'p1.png'].sort(compareNaturally)).toEqual(['p1.png', 'p9.png', 'p10.png'])
  })
})
