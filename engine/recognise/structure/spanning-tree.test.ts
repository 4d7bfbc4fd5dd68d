import { describe, expect, it } from 'vitest'
import { findSpanningTree, type Edge } from './spanning-tree.ts'

/** Every choice of one parent a node that makes a tree, tried in turn. */
function findBest(count: number, root: number, edges: readonly Edge[]): number {
  const others = Array.from({ length: count }, (_, node) => node).filter((node) => node !== root)
  const tryFrom = (at: number, parents: ReadonlyMap<number, number>, weight: number): number => {
    const node = others[at]
    if (node === undefined) return others.every((one) => reaches(one, root, parents)) ? weight : -Infinity
    return Math.max(
      -Infinity,
      ...edges
        .filter(({ to }) => to === node)
        .map((edge) => tryFrom(at + 1, new Map([...parents, [node, edge.from]]), weight + edge.weight)),
    )
  }
  return tryFrom(0, new Map(), 0)
}

function reaches(node: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  let at: number | undefined = node
  for (let step = 0; step <= parents.size && at !== undefined; step += 1) {
    if (at === root) return true
    at = parents.get(at)
  }
  return false
}

describe('findSpanningTree', () => {
  it('finds the heaviest tree, through cycles within cycles', () => {
    let seed = 7
    const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647
    for (let round = 0; round < 150; round += 1) {
      const count = 2 + Math.floor(next() * 4)
      const root = Math.floor(next() * count)
      const edges = Array.from({ length: count * count }, (_, at) => ({
        from: Math.floor(at / count),
        to: at % count,
        weight: -10 * next(),
      })).filter(({ from, to }) => from === root || (from !== to && next() < 0.8))
      const tree = findSpanningTree(count, root, edges)
      const parents = new Map(tree.flatMap((edge) => (edge ? [[edge.to, edge.from] as const] : [])))
      expect(parents.size).toBe(count - 1)
      for (const node of parents.keys()) expect(reaches(node, root, parents)).toBe(true)
      const weight = tree.reduce((sum, edge) => sum + (edge?.weight ?? 0), 0)
      expect(weight).toBeCloseTo(findBest(count, root, edges), 9)
    }
  })

  it('leaves a lone root alone', () => {
    expect(findSpanningTree(1, 0, [])).toEqual([undefined])
  })
})
