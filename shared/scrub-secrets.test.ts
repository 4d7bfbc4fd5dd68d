import { describe, expect, it } from 'vitest'
import { createScrub, KnownSecrets, SCRUBBED, scrubDeep } from './scrub-secrets.ts'

const key = 'a.key+with/marks="0123"'

describe('a key', () => {
  it.each([
    ['as it is', key],
    ['in capitals', key.toUpperCase()],
    ['percent-encoded', encodeURIComponent(key)],
    ['percent-encoded in small letters', encodeURIComponent(key).toLowerCase()],
    ['escaped', JSON.stringify(key).slice(1, -1)],
    ['quoted in a quote', JSON.stringify(JSON.stringify(key).replaceAll('/', '\\/'))],
    ['inside of a word', `x${key}y`],
  ])('%s is taken out', (_, text) => {
    const scrubbed = createScrub([key])(`before ${text} after ${text}`)
    expect(scrubbed).not.toMatch(/0123/)
    expect(scrubbed).toContain(SCRUBBED)
    expect(scrubbed).toMatch(/^before .* after /)
  })

  it('that holds another one goes whole', () => {
    const scrub = createScrub(['secret-key', 'secret-key-and-more'])
    expect(scrub('secret-key-and-more, secret-key')).toBe(`${SCRUBBED}, ${SCRUBBED}`)
  })

  it('too short to be one costs no letters', () => {
    expect(createScrub(['x', '', '  frac  '])('\\frac{x}{2}')).toBe('\\frac{x}{2}')
  })

  it('is found at any depth, in values and names, and only there', () => {
    const scrub = createScrub(['secret-key'])
    const data = { a: [{ 'secret-key': 1, b: 'the secret-key' }, null, 2.5, true], c: 'plain' }
    expect(scrubDeep(data, scrub)).toEqual({
      a: [{ [SCRUBBED]: 1, b: `the ${SCRUBBED}` }, null, 2.5, true],
      c: 'plain',
    })
  })

  it('is remembered beside those before it', () => {
    const known = new KnownSecrets()
    expect(known.scrub('first-key second-key')).toBe('first-key second-key')
    known.add('first-key')
    known.add('second-key')
    expect(known.scrub('first-key second-key')).toBe(`${SCRUBBED} ${SCRUBBED}`)
  })
})
