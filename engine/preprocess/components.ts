import type { Box, Plane } from './pixels.ts'

/** A horizontal stretch of ink pixels; `end` is one past the last. */
export type Run = { readonly y: number; readonly start: number; readonly end: number }

/** A connected piece of ink. */
export type Component = { readonly box: Box; readonly area: number; readonly runs: readonly Run[] }

/** The pieces of everything above `threshold`, joined also across corners (8-connected) or at sides only (4-connected). */
export function findComponents(ink: Plane, threshold: number, atCorners = true): Component[] {
  const corner = atCorners ? 0 : 1
  const runs: Run[] = []
  const parents: number[] = []
  let previousFrom = 0
  let previousTo = 0
  for (let y = 0; y < ink.height; y += 1) {
    const from = runs.length
    let candidate = previousFrom
    const offset = y * ink.width
    for (let x = 0; x < ink.width; x += 1) {
      if ((ink.values[offset + x] ?? 0) <= threshold) continue
      const start = x
      while (x < ink.width && (ink.values[offset + x] ?? 0) > threshold) x += 1
      const index = runs.length
      runs.push({ y, start, end: x })
      parents.push(index)
      while (candidate < previousTo && (runs[candidate]?.end ?? 0) < start + corner) candidate += 1
      for (let other = candidate; other < previousTo && (runs[other]?.start ?? 0) <= x - corner; other += 1) {
        join(parents, other, index)
      }
    }
    previousFrom = from
    previousTo = runs.length
  }
  return collect(runs, parents)
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

function collect(runs: readonly Run[], parents: number[]): Component[] {
  const groups = new Map<number, Run[]>()
  runs.forEach((run, index) => {
    const root = findRoot(parents, index)
    const group = groups.get(root)
    if (group) group.push(run)
    else groups.set(root, [run])
  })
  return [...groups.values()].map((group) => {
    let left = Infinity
    let right = 0
    let area = 0
    for (const run of group) {
      left = Math.min(left, run.start)
      right = Math.max(right, run.end)
      area += run.end - run.start
    }
    const top = group[0]?.y ?? 0
    const bottom = (group.at(-1)?.y ?? 0) + 1
    return { box: { left, top, right, bottom }, area, runs: group }
  })
}
