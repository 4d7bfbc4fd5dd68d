import { describe, expect, it } from 'vitest'
import { createScrub, KnownSecrets, SCRUBBED, scrubDeep } from './scrub-secrets.ts'

const key = 'a.key+with/marks="0123"'

const each = (write: (code: number, at: number) => string) =>
  Array.from(key, (sign, at) => write(sign.charCodeAt(0), at)).join('')

describe('a key', () => {
  it.each([
    ['as it is', key],
    ['in capitals', key.toUpperCase()],
    ['percent-encoded', encodeURIComponent(key)],
    ['percent-encoded in small letters', encodeURIComponent(key).toLowerCase()],
    ['escaped', JSON.stringify(key).slice(1, -1)],
    ['quoted in a quote', JSON.stringify(JSON.stringify(key).replaceAll('/', '\\/'))],
    ['inside of a word', `x${key}y`],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(key))],
    ['percent-encoded sign by sign', each((code) => `%${code.toString(16)}`)],
    ['as escapes of JSON', each((code) => `\\u${code.toString(16).padStart(4, '0')}`)],
    ['in HTML', key.replaceAll('"', '&quot;')],
    [
      'in HTML, by numbers',
      each((code, at) => (at % 2 === 0 ? `&#${String(code)};` : `&#x${code.toString(16)};`)),
    ],
    ['in the HTML of HTML', key.replaceAll('"', '&amp;quot;')],
    ['cut short', key.slice(0, -4)],
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

  it('with half of a pair of signs is one all the same', () => {
    expect(createScrub(['secret-\ud800-key'])('the secret-\ud800-key')).toBe(`the ${SCRUBBED}`)
  })

  it('is not looked for in vain at length', () => {
    const scrub = createScrub(['&\\0%%secret-key'])
    for (const piece of ['\\', '&amp;', '%25', '&#0', '0'])
      expect(scrub(piece.repeat(100_000))).toHaveLength(100_000 * piece.length)
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
