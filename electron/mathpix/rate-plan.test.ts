import { expect, it } from 'vitest'
import { RatePlan } from './rate-plan.ts'

const setUp = (limit: number | undefined) => {
  const clock = { now: 1_000_000 }
  const plan = new RatePlan(
    () => limit,
    () => clock.now,
  )
  const send = (images: number) => plan.end(plan.begin(images), true)
  return { clock, plan, send }
}

it('lets a minute’s worth pass at once, and the next when the first has aged', () => {
  const { clock, plan, send } = setUp(50)
  send(30)
  clock.now += 10_000
  expect(plan.delay(20)).toBe(0)
  send(20)
  expect(plan.delay(1)).toBe(50_000)
  expect(plan.delay(31)).toBe(60_000)
  clock.now += 50_000
  expect(plan.delay(30)).toBe(0)
  expect(plan.delay(31)).toBe(10_000)
})

it('counts from the reply, since the service may count as late as that', () => {
  const { clock, plan } = setUp(10)
  const sending = plan.begin(10)
  clock.now += 30_000
  plan.end(sending, true)
  expect(plan.delay(1)).toBe(60_000)
})

it('does not count what never left', () => {
  const { plan } = setUp(10)
  plan.end(plan.begin(10), false)
  expect(plan.delay(10)).toBe(0)
})

it('lets a request of more than a minute’s worth pass when nothing else counts', () => {
  const { clock, plan, send } = setUp(10)
  send(1)
  expect(plan.delay(25)).toBe(60_000)
  clock.now += 60_000
  expect(plan.delay(25)).toBe(0)
})

it('is not there without a limit', () => {
  const { plan, send } = setUp(undefined)
  send(100_000)
  expect(plan.delay(100_000)).toBe(0)
})
