import { describe, expect, it } from 'vitest'
import type { Handlers } from '../../shared/ipc/contract.ts'
import { ok } from '../../shared/result.ts'
import { silentLog } from '../log.ts'
import { dispatch } from './dispatch.ts'

const seen: unknown[] = []
const handlers = {
  openLink: (input: unknown) => {
    seen.push(input)
    return Promise.resolve(ok(undefined))
  },
  getBatches: () => Promise.reject(new Error('secret inside')),
} as unknown as Handlers

describe('dispatch', () => {
  it('hands valid input on, without members that are not in the contract', async () => {
    expect(await dispatch(handlers, 'openLink', { url: 'https://h/', extra: 1 }, silentLog)).toEqual(
      ok(undefined),
    )
    expect(seen).toEqual([{ url: 'https://h/' }])
  })

  it('stops anything else before the handler', async () => {
    const answer = await dispatch(handlers, 'openLink', { url: 7 }, silentLog)
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid_call' } })
    expect(seen).toHaveLength(1)
  })

  it('turns a handler that throws into a bug without its message', async () => {
    const answer = await dispatch(handlers, 'getBatches', undefined, silentLog)
    expect(answer).toMatchObject({ ok: false, error: { kind: 'bug' } })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })
})
