import { describe, expect, it } from 'vitest'
import { dropSecrets, redactDeep, redactText, redactUrl } from './redact.ts'

describe('redactUrl', () => {
  it.each([
    ['https://user:pass@host/a.png', 'https://host/a.png'],
    ['https://host/a.png?X-Signature=abc&w=3#part', 'https://host/a.png?X-Signature=…&w=…'],
    ['http://host:81', 'http://host:81'],
    ['https://host/a@b.png', 'https://host/a@b.png'],
  ])('%s → %s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown)
  })
})

describe('redactText', () => {
  it('redacts addresses and data URIs inside a sentence', () => {
    const text = redactText('Cannot load https://u:p@h/x?key=1 nor data:image/png;base64,AAAA now')
    expect(text).toBe('Cannot load https://h/x?key=… nor data:image/png,… now')
  })
})

describe('redactDeep', () => {
  it('reaches strings at any depth and leaves the rest', () => {
    expect(redactDeep({ a: [{ url: 'https://h/?t=1' }], n: 3 })).toEqual({
      a: [{ url: 'https://h/?t=…' }],
      n: 3,
    })
  })
})

describe('dropSecrets', () => {
  it('leaves out members that hold keys, at any depth, and no text of a result', () => {
    const result = {
      text: 'see https://h/?q=1',
      request: [{ app_key: 'k', headers: { a: 'b' }, formats: [] }],
    }
    expect(dropSecrets(result)).toEqual({ text: 'see https://h/?q=1', request: [{ formats: [] }] })
  })
})
