import { beforeEach, describe, expect, it } from 'vitest'
import { RatePlan } from '../../mathpix/rate-plan.ts'
import { Scheduler, type SendRequest, type SendTurn } from './scheduler.ts'

let now: number
let limit: number | undefined
let sleepers: (() => void)[]
let scheduler: Scheduler
/** Requests by name, in the order in which they had their turn. */
let served: string[]
let turns: Map<string, SendTurn>

beforeEach(() => {
  now = 0
  limit = undefined
  sleepers = []
  served = []
  turns = new Map()
  scheduler = new Scheduler({
    plan: new RatePlan(
      () => limit,
      () => now,
    ),
    now: () => now,
    sleep: () => new Promise((resolve) => sleepers.push(resolve)),
  })
})

const settled = () => new Promise((resolve) => setImmediate(resolve))

function ask(name: string, more: Partial<SendRequest> = {}): void {
  const request = {
    lane: name.slice(0, 1),
    images: 1,
    isHeld: () => false,
    signal: new AbortController().signal,
    onWait: () => undefined,
    ...more,
  }
  void scheduler.take(request).then((turn) => {
    served.push(turn ? name : `${name} left`)
    if (turn) turns.set(name, turn)
  })
}

async function end(name: string): Promise<void> {
  turns.get(name)?.end(true)
  await settled()
}

async function pass(ms: number): Promise<void> {
  now += ms
  for (const wake of sleepers.splice(0)) wake()
  await settled()
}

describe('turns', () => {
  it('go around the lanes, and keep the order within a lane', async () => {
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) ask(name)
    await settled()
    expect(served).toEqual(['a1', 'a2', 'a3', 'a4'])
    for (const name of ['b1', 'b2']) ask(name)
    for (const name of ['a1', 'a2', 'a3', 'a4']) await end(name)
    expect(served.slice(4)).toEqual(['b1', 'a5', 'b2', 'a6'])
  })

  it('pass over a lane that is held, and come back to it', async () => {
    let isHeld = true
    ask('a1', { isHeld: () => isHeld })
    ask('b1')
    await settled()
    expect(served).toEqual(['b1'])
    isHeld = false
    scheduler.look()
    await settled()
    expect(served).toEqual(['b1', 'a1'])
  })

  it('are not given to one that has left', async () => {
    const controller = new AbortController()
    ask('a1', { isHeld: () => true, signal: controller.signal })
    controller.abort()
    await settled()
    expect(served).toEqual(['a1 left'])
  })
})

describe('with a rate plan', () => {
  it('a small lane goes before the next part of a large one, and nobody overtakes it', async () => {
    limit = 50
    const waits: number[] = []
    ask('a1', { images: 50 })
    await settled()
    await end('a1')
    ask('a2', { images: 25, onWait: (until) => waits.push(until) })
    ask('b1', { images: 5, onWait: (until) => waits.push(until) })
    await settled()
    expect(served).toEqual(['a1'])
    expect(new Set(waits)).toEqual(new Set([60_000]))
    await pass(59_000)
    expect(served).toEqual(['a1'])
    await pass(1000)
    expect(served).toEqual(['a1', 'b1', 'a2'])
  })

  it('one that leaves does not hold up the others', async () => {
    limit = 10
    ask('a1', { images: 10 })
    await settled()
    turns.get('a1')?.end(false)
    const controller = new AbortController()
    ask('b1', { images: 10 })
    await settled()
    await end('b1')
    ask('c1', { images: 10, signal: controller.signal })
    controller.abort()
    await pass(60_000)
    ask('d1', { images: 10 })
    await settled()
    expect(served).toEqual(['a1', 'b1', 'c1 left', 'd1'])
  })
})
