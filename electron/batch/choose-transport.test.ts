import { describe, expect, it } from 'vitest'
import {
  base64Length,
  chooseTransport,
  MAX_BASE64_CHARS,
  type TransportQuestion,
} from './choose-transport.ts'
import { splitSubmissions } from './split-submissions.ts'

const largest = (MAX_BASE64_CHARS / 4) * 3

describe('chooseTransport', () => {
  it.each([
    ['url', 'local', false, 0, 'url'],
    ['url', 'mathpix', true, 0, 'url'],
    ['file', 'local', false, 9_000_000, 'hosted'],
    ['file', 'local', true, 10, 'hosted'],
    ['file', 'mathpix', true, 9_000_000, 'hosted'],
    ['file', 'mathpix', false, 10, 'data_uri'],
    ['file', 'mathpix', false, largest, 'data_uri'],
    ['file', 'mathpix', false, largest + 1, 'upload'],
  ] as [TransportQuestion['source'], TransportQuestion['engine'], boolean, number, string][])(
    '%s to %s, public address %s, %i bytes → %s',
    (source, engine, hasPublicBaseUrl, bytes, way) => {
      expect(chooseTransport({ source, engine, hasPublicBaseUrl, bytes })).toBe(way)
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
