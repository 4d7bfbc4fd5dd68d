import { describe, expect, it } from 'vitest'
import { describeUnread } from './unread.ts'

const image = { width: 1, height: 1, bytes: 1, mime: 'image/png', hash: '', revision: 1 } as const
const unread_words = 'The words around the formulas were left out.'

describe('describeUnread', () => {
  it.each([
    ['the engine counted them', { result: { num_pages: 3 } }],
    ['the app counted them in its own copy', { result: {}, image: { ...image, pages: 3 } }],
  ])('says how many pages there are: %s', (_, item) => {
    expect(describeUnread(item)).toMatch(/^Only page 1 of 3 is read/)
  })

  it('says of words what the engine says, also beside pages', () => {
    expect(describeUnread({ result: { unread_words } })).toBe(unread_words)
    expect(describeUnread({ result: { unread_words, num_pages: 2 } })).toMatch(/^Only page 1.+left out\.$/)
  })

  it.each([
    ['nothing is known', {}],
    ['there is one page', { result: { num_pages: 1 }, image: { ...image, pages: 1 } }],
  ])('says nothing where %s', (_, item) => {
    expect(describeUnread(item)).toBeUndefined()
  })
})
