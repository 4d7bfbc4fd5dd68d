import type { Box, Plane } from './pixels.ts'

/** A horizontal stretch of ink pixels; `end` is one past the last. */
export type Run = { readonly y: number; readonly start: number; readonly end: number }

/** A connected piece of ink. */
export type Component = { readonly box: Box; readonly area: number; readonly runs: readonly Run[] }

export type ComponentOptions = {
  /** Pixels of the smallest piece that is given back. */
  readonly leastArea?: number
  /** The pieces of the rest, at most `threshold`, which are joined at sides only (4-connected). */
  readonly isInverted?: boolean
}

/** All runs in the order of reading, as columns of numbers; `parents` leads from each to the first of its piece. */
type Runs = {
  readonly rows: number[]
  readonly starts: number[]
  readonly ends: number[]
  readonly parents: number[]
}

/** The pieces of everything above `threshold`, joined also across corners (8-connected). */
export function findComponents(
  ink: Plane,
  threshold: number,
  { leastArea = 1, isInverted = false }: ComponentOptions = {},
): Component[] {
  return collect(findRuns(ink, threshold, isInverted), leastArea)
}

function findRuns({ values, width, height }: Plane, threshold: number, isInverted: boolean): Runs {
  const corner = isInverted ? 1 : 0
  const runs: Runs = { rows: [], starts: [], ends: [], parents: [] }
  const { rows, starts, ends, parents } = runs
  let previousFrom = 0
  let previousTo = 0
  for (let y = 0; y < height; y += 1) {
    const from = starts.length
    let candidate = previousFrom
    const offset = y * width
    for (let x = 0; x < width; x += 1) {
      if ((values[offset + x] ?? 0) > threshold === isInverted) continue
      const start = x
      while (x < width && (values[offset + x] ?? 0) > threshold !== isInverted) x += 1
      const index = starts.length
      rows.push(y)
      starts.push(start)
      ends.push(x)
      parents.push(index)
      while (candidate < previousTo && (ends[candidate] ?? 0) < start + corner) candidate += 1
      for (let other = candidate; other < previousTo && (starts[other] ?? 0) <= x - corner; other += 1)
        join(parents, other, index)
    }
    previousFrom = from
    previousTo = starts.length
  }
  return runs
}

function findRoot(parents: number[], index: number): number {
  let root = index
  while (parents[root] !== root) root = parents[root] ?? root
  let at = index
  while (parents[at] !== root) {
    const next = parents[at] ?? root
    parents[at] = root
    at = next
  }
  return root
}

function join(parents: number[], one: number, other: number): void {
  const first = findRoot(parents, one)
  const second = findRoot(parents, other)
  if (first !== second) parents[Math.max(first, second)] = Math.min(first, second)
}

/** Only pieces that are large enough are built; noise costs two numbers a run. */
function collect({ rows, starts, ends, parents }: Runs, leastArea: number): Component[] {
  const count = starts.length
  const areas = new Uint32Array(count)
  for (let index = 0; index < count; index += 1) {
    const root = findRoot(parents, index)
    areas[root] = (areas[root] ?? 0) + (ends[index] ?? 0) - (starts[index] ?? 0)
  }
  const groups = new Map<number, Run[]>()
  for (let index = 0; index < count; index += 1) {
    const root = parents[index] ?? index
    if ((areas[root] ?? 0) < leastArea) continue
    const run = { y: rows[index] ?? 0, start: starts[index] ?? 0, end: ends[index] ?? 0 }
    const group = groups.get(root)
    if (group) group.push(run)
    else groups.set(root, [run])
  }
  return Array.from(groups, ([root, runs]) => ({ box: boundRuns(runs), area: areas[root] ?? 0, runs }))
}

/** @param runs by row, from the top */
function boundRuns(runs: readonly Run[]): Box {
  let left = Infinity
  let right = 0
  for (const { start, end } of runs) {
    if (start < left) left = start
    if (end > right) right = end
  }
  return { left, top: runs[0]?.y ?? 0, right, bottom: (runs.at(-1)?.y ?? 0) + 1 }
}
