import { describe, expect, it } from 'vitest'
import type { Submission } from '../../shared/batch.ts'
import { WAITING_FOR_TURN } from '../../shared/batch-rules.ts'
import { describeWaiting } from './tell-waiting.ts'

const part = (id: string, waiting?: Submission['waiting']): Submission => ({
  id,
  engine: { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' },
  state: 'processing',
  itemIds: [],
  submittedAt: '2026-01-01T00:00:00.000Z',
  ...(waiting ? { waiting } : {}),
})

describe('why a run waits', () => {
  it('is said once for each reason, however often and by however many parts it is given', () => {
    const told = new Set<string>()
    const offline = { reason: 'No connection.' }
    const limited = {
      reason: 'Too many requests at the moment; the server asks to wait.',
      until: '2026-01-01T00:01:00.000Z',
    }
    const say = (...submissions: Submission[]) => describeWaiting({ submissions }, told)
    expect(say(part('a'), part('b', WAITING_FOR_TURN))).toEqual([])
    expect(say(part('a', offline), part('b', offline))).toEqual(['No connection.'])
    expect(say(part('a', offline), part('b', limited))).toEqual([
      expect.stringMatching(/^Too many requests .* wait\. Next try at \d\d:\d\d:\d\d\.$/),
    ])
    expect(say(part('a', { ...limited, until: '2026-01-01T00:02:00.000Z' }), part('b', offline))).toEqual([])
  })

  it('is said of the user’s own pace too', () => {
    const reason = 'Waiting for the rate plan of 50 images a minute.'
    expect(describeWaiting({ submissions: [part('a', { reason, cause: 'rate_plan' })] }, new Set())).toEqual([
      reason,
    ])
  })
})
