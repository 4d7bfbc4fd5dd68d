import { describe, expect, it } from 'vitest'
import { LIMITS } from '../shared/protocol-limits.ts'
import { isDataUri, readDataUri } from './data-uri.ts'

const base64 = Buffer.from('image bytes??>').toString('base64')

describe('readDataUri', () => {
  const accepted = [
    `data:image/png;base64,${base64}`,
    `data:image/jpg;base64,${base64}`,
    `data:image/jpeg;name=a.jpg;base64,${base64}`,
    `data:;base64,${base64}`,
    `data:base64;base64, ${base64}`,
    `DATA:image/png;BASE64,${base64}`,
    ` data:image/png;base64,${base64.slice(0, 8)}\n${base64.slice(8)}`,
    `data:image/png;base64,${base64.replace(/=+$/, '')}`,
    `data:image/png;base64,${base64.replaceAll('+', '-').replaceAll('/', '_')}`,
    `data:image/png;base64,${encodeURIComponent(base64)}`,
    'data:image/png,image%20bytes%3F%3F%3E',
  ]
  it.each(accepted)('reads %j', (uri) => {
    expect(isDataUri(uri)).toBe(true)
    const outcome = readDataUri(uri)
    expect(outcome.ok && Buffer.from(outcome.value).toString()).toBe('image bytes??>')
  })

  it.each([
    'data:image/png;base64,',
    'data:image/png;base64',
    'data:;base64,@@@@',
    'data:;base64,AAAAA',
    'data:;base64,%ZZ',
    'data:,%Z',
  ])('says image_decode_error for %j', (uri) => {
    expect(readDataUri(uri)).toMatchObject({ ok: false, error: { id: 'image_decode_error' } })
  })

  it('refuses more than two megabytes of base64', () => {
    const full = `data:image/png;base64,${'A'.repeat(LIMITS.base64.taken)}`
    expect(readDataUri(full).ok).toBe(true)
    expect(readDataUri(`${full}AAAA`)).toMatchObject({ ok: false, error: { id: 'sys_request_too_large' } })
  })
})
