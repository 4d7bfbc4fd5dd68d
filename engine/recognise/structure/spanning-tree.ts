/** An edge of a directed graph, from a parent to its child. */
export type Edge = { readonly from: number; readonly to: number; readonly weight: number }

/**
 * The heaviest set of edges that gives every node but the root one parent and leads from the root to all of them (Chu and Liu 1965, Edmonds 1967).
 * @param count nodes are 0 … count - 1, each of which the root must reach
 * @returns for each node the edge to it; none for the root
 */
export function findSpanningTree(count: number, root: number, edges: readonly Edge[]): (Edge | undefined)[] {
  const best = findHeaviest(count, root, edges)
  const cycle = findCycle(best)
  if (!cycle) return best
  const inside = new Set(cycle)
  // The cycle becomes one node: of the edges to it, the one counts whose own replaces the least.
  const merged = count
  const origins = new Map<Edge, Edge>()
  const contracted = edges.flatMap((edge) => {
    const [from, to] = [inside.has(edge.from) ? merged : edge.from, inside.has(edge.to) ? merged : edge.to]
    if (from === to) return []
    const lost = to === merged ? (best[edge.to]?.weight ?? 0) : 0
    const fresh = { from, to, weight: edge.weight - lost }
    origins.set(fresh, edge)
    return [fresh]
  })
  const solved = findSpanningTree(count + 1, root, [...contracted, ...tie(cycle, root)])
  const result = Array.from({ length: count }, (_, node) => (inside.has(node) ? best[node] : undefined))
  for (const edge of solved) {
    const origin = edge && origins.get(edge)
    if (origin) result[origin.to] = origin
  }
  return result
}

/** Nodes of a cycle are no nodes any more: edges that the search takes for them and that lead nowhere. */
function tie(cycle: readonly number[], root: number): Edge[] {
  return cycle.map((to) => ({ from: root, to, weight: 0 }))
}

function findHeaviest(count: number, root: number, edges: readonly Edge[]): (Edge | undefined)[] {
  const best = new Array<Edge | undefined>(count).fill(undefined)
  for (const edge of edges)
    if (edge.to !== root && edge.from !== edge.to && edge.weight > (best[edge.to]?.weight ?? -Infinity))
      best[edge.to] = edge
  return best
}

function findCycle(best: readonly (Edge | undefined)[]): number[] | undefined {
  const seen = new Map<number, number>()
  for (let start = 0; start < best.length; start += 1) {
    const path: number[] = []
    let at: number | undefined = start
    while (at !== undefined && !seen.has(at)) {
      seen.set(at, start)
      path.push(at)
      at = best[at]?.from
    }
    if (at !== undefined && seen.get(at) === start) return path.slice(path.indexOf(at))
  }
  return undefined
}
