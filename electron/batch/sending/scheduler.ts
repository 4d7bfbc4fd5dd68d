import type { Clock } from '../../clock.ts'
import type { RatePlan } from '../../mathpix/rate-plan.ts'

export type SendRequest = {
  /** Who asks: requests of one lane keep their order, lanes take turns. */
  readonly lane: string
  readonly images: number
  /** While true, the lane is passed over. */
  readonly isHeld: () => boolean
  readonly signal: AbortSignal
  /** It is not yet its turn because of the rate plan; `until` in ms since 1970 is when it may be. */
  readonly onWait: (until: number) => void
}

/** Leave to send one request; given back when the reply is there, or when nothing was sent after all. */
export type SendTurn = { readonly end: (hasLeft: boolean) => void }

type SchedulerDeps = {
  readonly plan: RatePlan
  readonly now: Clock['now']
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

type Waiter = SendRequest & { readonly settle: (turn: SendTurn | undefined) => void }

/** Requests at a time to one account: enough to keep a line busy. */
const PLACES = 4

/**
 * Decides whose request to one engine and account goes next. The lane that was served longest ago is next, so that a batch of five
 * images does not wait behind one of three thousand; nobody overtakes it while it waits for the rate plan.
 */
export class Scheduler {
  readonly #deps: SchedulerDeps
  readonly #lanes = new Map<string, Waiter[]>()
  /** When each lane was last served, counted in turns. */
  readonly #served = new Map<string, number>()
  #turns = 0
  #active = 0
  #timer = new AbortController()

  constructor(deps: SchedulerDeps) {
    this.#deps = deps
  }

  /** Resolves when it is the request's turn; undefined when its signal fires before. */
  take(request: SendRequest): Promise<SendTurn | undefined> {
    if (request.signal.aborted) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const leave = () => {
        this.#remove(waiter)
        waiter.settle(undefined)
        this.look()
      }
      const waiter: Waiter = {
        ...request,
        settle: (turn) => {
          request.signal.removeEventListener('abort', leave)
          resolve(turn)
        },
      }
      request.signal.addEventListener('abort', leave, { once: true })
      const lane = this.#lanes.get(request.lane)
      if (lane) lane.push(waiter)
      else this.#lanes.set(request.lane, [waiter])
      this.look()
    })
  }

  /** Looks whose turn it is; called when something outside has changed that holds a lane. */
  look(): void {
    this.#timer.abort()
    for (let next = this.#grantable(); next; next = this.#grantable()) this.#grant(next)
  }

  #grantable(): Waiter | undefined {
    if (this.#active >= PLACES) return undefined
    const waiting = this.#inTurn()
    const first = waiting[0]
    if (!first) return undefined
    const wait = this.#deps.plan.delay(first.images)
    if (wait <= 0) return first
    this.#wake(wait)
    let ahead = 0
    for (const waiter of waiting) {
      ahead += waiter.images
      waiter.onWait(this.#deps.now() + this.#deps.plan.delay(ahead))
    }
    return undefined
  }

  /** The first of each lane that may go, the one served longest ago in front. */
  #inTurn(): Waiter[] {
    const heads = [...this.#lanes.values()].flatMap((lane) => lane.slice(0, 1))
    const served = (waiter: Waiter) => this.#served.get(waiter.lane) ?? 0
    return heads.filter((waiter) => !waiter.isHeld()).sort((a, b) => served(a) - served(b))
  }

  #grant(waiter: Waiter): void {
    this.#remove(waiter)
    this.#turns += 1
    this.#served.set(waiter.lane, this.#turns)
    this.#active += 1
    const sending = this.#deps.plan.begin(waiter.images)
    let isEnded = false
    waiter.settle({
      end: (hasLeft) => {
        if (isEnded) return
        isEnded = true
        this.#active -= 1
        this.#deps.plan.end(sending, hasLeft)
        this.look()
      },
    })
  }

  #wake(ms: number): void {
    const timer = new AbortController()
    this.#timer = timer
    void this.#deps.sleep(ms, timer.signal).then(() => {
      if (!timer.signal.aborted) this.look()
    })
  }

  #remove(waiter: Waiter): void {
    const rest = this.#lanes.get(waiter.lane)?.filter((other) => other !== waiter) ?? []
    if (rest.length > 0) this.#lanes.set(waiter.lane, rest)
    else this.#lanes.delete(waiter.lane)
  }
}
