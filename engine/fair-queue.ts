type QueuedTask = () => Promise<void>

/** Tasks in a row. An array moves all that wait each time the first one leaves. */
class Line {
  #tasks: (QueuedTask | undefined)[] = []
  #next = 0

  get isEmpty(): boolean {
    return this.#next === this.#tasks.length
  }

  push(task: QueuedTask): void {
    this.#tasks.push(task)
  }

  shift(): QueuedTask | undefined {
    const task = this.#tasks[this.#next]
    if (!task) return undefined
    this.#tasks[this.#next] = undefined
    this.#next += 1
    if (this.isEmpty) this.clear()
    return task
  }

  clear(): void {
    this.#tasks = []
    this.#next = 0
  }
}

/**
 * Runs tasks of several groups, at most `concurrency` at a time and `perGroup` of one group. Free places go around the groups
 * in turn, so that a batch of two images does not wait behind a batch of five hundred; urgent tasks go first.
 * Tasks must not reject: a failure inside one is its own to report.
 */
export class FairQueue {
  readonly #concurrency: number
  readonly #perGroup: number
  readonly #groups = new Map<string, Line>()
  readonly #running = new Map<string, number>()
  readonly #urgent = new Line()
  #active = 0
  #isClosed = false

  constructor(concurrency: number, perGroup: number = concurrency) {
    this.#concurrency = concurrency
    this.#perGroup = perGroup
  }

  add(group: string, task: QueuedTask): void {
    const waiting = this.#groups.get(group) ?? new Line()
    waiting.push(task)
    this.#groups.set(group, waiting)
    this.#fill()
  }

  /** For a caller who waits at the other end of a connection. */
  addUrgent(task: QueuedTask): void {
    this.#urgent.push(task)
    this.#fill()
  }

  /** Starts nothing more; what runs is left to end. */
  close(): void {
    this.#isClosed = true
    this.#groups.clear()
    this.#urgent.clear()
  }

  #fill(): void {
    while (!this.#isClosed && this.#active < this.#concurrency) {
      const urgent = this.#urgent.shift()
      const next = urgent ? { group: undefined, task: urgent } : this.#takeNext()
      if (!next) return
      void this.#run(next.group, next.task)
    }
  }

  #takeNext(): { group: string; task: QueuedTask } | undefined {
    for (const [group, waiting] of this.#groups) {
      if ((this.#running.get(group) ?? 0) >= this.#perGroup) continue
      const task = waiting.shift()
      // To the end of the line: a Map keeps insertion order.
      this.#groups.delete(group)
      if (!waiting.isEmpty) this.#groups.set(group, waiting)
      if (task) return { group, task }
    }
    return undefined
  }

  async #run(group: string | undefined, task: QueuedTask): Promise<void> {
    this.#active += 1
    if (group !== undefined) this.#running.set(group, (this.#running.get(group) ?? 0) + 1)
    try {
      await task()
    } finally {
      this.#active -= 1
      if (group !== undefined) this.#release(group)
      this.#fill()
    }
  }

  #release(group: string): void {
    const left = (this.#running.get(group) ?? 1) - 1
    if (left > 0) this.#running.set(group, left)
    else this.#running.delete(group)
  }
}
