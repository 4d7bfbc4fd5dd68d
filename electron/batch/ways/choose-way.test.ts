import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../shared/protocol-limits.ts'
import { base64Length, chooseWay, type WayQuestion } from './choose-way.ts'
import type { OpenWays } from './open-ways.ts'
import { splitSubmissions } from './split-submissions.ts'

const largest = (LIMITS.base64.sent / 4) * 3
const open: OpenWays = { takesDataUris: true, publicBase: 'https://tunnel.example' }
const none: OpenWays = { takesDataUris: true }
const closed: OpenWays = { takesDataUris: true, addressProblem: 'Nothing answers there.' }
const refusing: OpenWays = { takesDataUris: false }
type Source = WayQuestion['source']
type Engine = WayQuestion['engine']

describe('chooseWay', () => {
  it.each<[Source, Engine, OpenWays, number, boolean, ...string[]]>([
    ['url', 'local', none, 0, true, 'url'],
    ['url', 'mathpix', open, 0, true, 'url'],
    ['file', 'local', none, 9_000_000, true, 'hosted'],
    ['file', 'local', open, 10, true, 'hosted'],
    ['file', 'mathpix', open, 9_000_000, true, 'hosted'],
    ['file', 'mathpix', { ...open, takesDataUris: false }, 10, true, 'hosted'],
    ['file', 'mathpix', none, 10, true, 'data_uri'],
    ['file', 'mathpix', none, largest, false, 'data_uri'],
    ['file', 'mathpix', none, largest + 1, true, 'data_uri'],
    ['file', 'mathpix', none, largest + 1, false, 'upload', 'too_large'],
    ['file', 'mathpix', closed, 10, true, 'data_uri', 'address_closed'],
    ['file', 'mathpix', closed, largest + 1, false, 'upload', 'address_closed'],
    ['file', 'mathpix', refusing, 10, true, 'upload', 'data_uri_refused'],
  ])(
    '%s to %s, %o, %i bytes, can be made smaller: %s → %s %s',
    (source, engine, ways, bytes, canShrink, ...way) => {
      const { sentAs, because } = chooseWay({ source, engine, ways, bytes, canShrink })
      expect([sentAs, because]).toEqual([way[0], way[1]])
    },
  )

  it('counts base64 as it is', () => {
    for (const size of [0, 1, 2, 3, 4, 100]) {
      expect(base64Length(size)).toBe(Buffer.alloc(size).toString('base64').length)
    }
  })
})

describe('splitSubmissions', () => {
  const split = (sizes: number[], limits: { bytes: number; images: number }) =>
    splitSubmissions(sizes, (size) => size, 10, limits)

  it('keeps the order and both limits, the rest of the body counted', () => {
    expect(split([40, 40, 40], { bytes: 90, images: 9 })).toEqual([[40, 40], [40]])
    expect(split([1, 1, 1, 1, 1], { bytes: 90, images: 2 })).toEqual([[1, 1], [1, 1], [1]])
  })

  it('gives an image that is too large for any body one of its own', () => {
    expect(split([1, 500, 1], { bytes: 90, images: 9 })).toEqual([[1], [500], [1]])
  })

  it('makes nothing of nothing', () => {
    expect(split([], { bytes: 90, images: 9 })).toEqual([])
  })
})
