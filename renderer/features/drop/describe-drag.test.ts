import { describe, expect, it } from 'vitest'
import { describeDrag } from './describe-drag.ts'

const file = (type: string) => ({ kind: 'file', type })
const many = (count: number, type: string) => Array.from({ length: count }, () => file(type))

describe('describeDrag', () => {
  it.each([
    [[...many(12, 'image/png'), file('')], ['Files'], 'Add 12 images and 1 folder'],
    [[file('image/jpeg')], ['Files'], 'Add 1 image'],
    [
      [file('image/png'), file(''), file('application/pdf')],
      ['Files'],
      'Add 1 image, 1 folder and 1 other file',
    ],
    [[], ['Files'], 'Add the files'],
    [[{ kind: 'string', type: 'text/uri-list' }], ['text/uri-list'], 'Add the image by its address'],
    [[{ kind: 'string', type: 'text/plain' }], ['text/plain'], 'Add the image addresses in this text'],
    [[], ['application/x-own'], undefined],
  ])('says what dropping %j (%j) would do', (items, types, words) => {
    expect(describeDrag(items, types)).toBe(words)
  })
})
