import { describe, expect, it } from 'vitest'
import { describeUnreadPages } from './unread-pages.ts'

const image = { width: 1, height: 1, bytes: 1, mime: 'image/png', hash: '', revision: 1 } as const

describe('describeUnreadPages', () => {
  it.each([
    ['the engine counted them', { result: { num_pages: 3 } }],
    ['the app counted them in its own copy', { result: {}, image: { ...image, pages: 3 } }],
  ])('says how many there are: %s', (_, item) => {
    expect(describeUnreadPages(item)).toMatch(/^Only page 1 of 3 is read/)
  })

  it.each([
    ['nothing is known', {}],
    ['there is one', { result: { num_pages: 1 }, image: { ...image, pages: 1 } }],
  ])('says nothing where %s', (_, item) => {
    expect(describeUnreadPages(item)).toBeUndefined()
  })
})
