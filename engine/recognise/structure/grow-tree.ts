import type { SpottedSign } from '../spot/spotted-sign.ts'
import { findLargest } from '../spot/spotted-sign.ts'
import type { SignOffers } from './linker.ts'
import { relations, spellings, type LinkedSign, type Relation } from './sign-tree.ts'
import { findSpanningTree, type Edge } from './spanning-tree.ts'

/** Signs with their places in a tree, and how likely each of its choices is. */
export type GrownTree = {
  readonly signs: readonly GrownSign[]
  /** Spotted signs that the linker takes for none. */
  readonly strays: readonly SpottedSign[]
}

export type GrownSign = LinkedSign & {
  /** Log-probability of its parent together with its relation, of its token, and of its spelling. */
  readonly linked: number
  readonly named: number
  readonly spelled: number
  /** That there is a sign, 0…1. */
  readonly probability: number
}

/** What keeps a tree whole where the linker offers nothing better. */
const unlikely = -30

/** Of each of these a sign has one at most. */
const places: readonly (readonly Relation[])[] = [
  ['right', 'letter', 'word', 'wide', 'tag'],
  ['after'],
  ['superscript'],
  ['subscript'],
  ['over'],
  ['under'],
  ['inside'],
  ['index'],
  ['cell'],
  ['row'],
  ['presuperscript'],
  ['presubscript'],
]
const placeOf = relations.map((relation) => places.findIndex((group) => group.includes(relation)))

type Choice = Edge & { readonly relation: number; readonly place: number }

/** The likeliest tree in which no sign has two followers, two superscripts and so on. */
export function growTree(
  spotted: readonly SpottedSign[],
  offers: readonly SignOffers[],
  vocabulary: readonly string[],
): GrownTree {
  const isStray = offers.map(({ stray }) => stray > Math.log(0.5))
  const kept = offers.flatMap((_, at) => (isStray[at] === true && !isStray.every(Boolean) ? [] : [at]))
  const place = new Map(kept.map((at, index) => [at, index]))
  const all = kept.flatMap((at, to) => listChoices(offers[at], to, place))
  const firsts = kept.map((at) => offers[at]?.first ?? -Infinity)
  const root = firsts.indexOf(Math.max(...firsts))
  const tree = kept.length === 0 ? [] : choose(kept.length, root, all)
  return {
    signs: kept.map((at, index) =>
      describe(spotted[at], offers[at], vocabulary, { choice: tree[index], first: firsts[index] ?? 0 }),
    ),
    strays: spotted.filter((_, at) => !place.has(at)),
  }
}

/** The best relation of each kind of place to each parent that is offered. */
function listChoices(
  offers: SignOffers | undefined,
  to: number,
  place: ReadonlyMap<number, number>,
): Choice[] {
  return (offers?.parents ?? []).flatMap(({ parent, logProbability, relations: scores }) => {
    const from = place.get(parent)
    if (from === undefined) return []
    const best = new Map<number, number>()
    placeOf.forEach((group, relation) => {
      const known = best.get(group)
      if (known === undefined || (scores[relation] ?? 0) > (scores[known] ?? 0)) best.set(group, relation)
    })
    return [...best].map(([group, relation]) => ({
      from,
      to,
      relation,
      place: group,
      weight: logProbability + (scores[relation] ?? -Infinity),
    }))
  })
}

/** Spanning trees, one after another: where two signs want the same place, the one that loses less has to look for another. */
function choose(count: number, root: number, all: readonly Choice[]): (Choice | undefined)[] {
  let choices = all
  for (let round = 0; ; round += 1) {
    const tree = grow(count, root, choices)
    const loser = round < 3 * count ? findLoser(tree, choices) : undefined
    if (!loser) return tree
    choices = choices.filter((choice) => choice !== loser)
  }
}

function grow(count: number, root: number, choices: readonly Choice[]): (Choice | undefined)[] {
  const known = new Set<Edge>(choices)
  const isKnown = (edge: Edge): edge is Choice => known.has(edge)
  const spare = Array.from({ length: count }, (_, to) => ({ from: root, to, weight: unlikely * count }))
  return findSpanningTree(count, root, [...choices, ...spare]).map((edge, to) =>
    edge === undefined || isKnown(edge)
      ? edge
      : { from: root, to, weight: unlikely, relation: relations.indexOf('rule'), place: -1 },
  )
}

function findLoser(tree: readonly (Choice | undefined)[], choices: readonly Choice[]): Choice | undefined {
  const taken = new Map<string, Choice>()
  for (const choice of tree) {
    if (!choice || choice.place < 0) continue
    const key = `${String(choice.from)} ${String(choice.place)}`
    const other = taken.get(key)
    if (other) return measureLoss(choice, choices) < measureLoss(other, choices) ? choice : other
    taken.set(key, choice)
  }
  return undefined
}

function measureLoss(choice: Choice, choices: readonly Choice[]): number {
  const others = choices.filter((other) => other.to === choice.to && other !== choice)
  return choice.weight - Math.max(unlikely, ...others.map(({ weight }) => weight))
}

function describe(
  sign: SpottedSign | undefined,
  offers: SignOffers | undefined,
  vocabulary: readonly string[],
  { choice, first }: { readonly choice: Choice | undefined; readonly first: number },
): GrownSign {
  if (!sign || !offers) throw new Error('A sign without offers')
  const [token, spelling] = [findLargest(offers.tokens), findLargest(offers.spellings)]
  return {
    token: vocabulary[token] ?? '',
    spelling: spellings[spelling] ?? 'plain',
    box: sign.box,
    parent: choice?.from ?? -1,
    relation: relations[choice?.relation ?? 0] ?? 'right',
    linked: choice?.weight ?? first,
    named: offers.tokens[token] ?? 0,
    spelled: offers.spellings[spelling] ?? 0,
    probability: sign.probability,
  }
}
