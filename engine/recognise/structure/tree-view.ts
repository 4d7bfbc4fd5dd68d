import type { SignBox } from '../spot/spotted-sign.ts'
import type { LinkedSign, Relation } from './sign-tree.ts'

/** How a row goes on. */
export const rowRelations: readonly Relation[] = ['right', 'letter', 'word', 'wide', 'tag', 'after']

export function isRowRelation(relation: Relation | undefined): boolean {
  return relation !== undefined && rowRelations.includes(relation)
}

const tableRelations: ReadonlySet<Relation> = new Set<Relation>(['cell', 'row', 'rule'])

/** A tree of signs, asked from its parents down. */
export class TreeView {
  private readonly children: readonly (readonly number[])[]

  private readonly signs: readonly LinkedSign[]

  /** @param signs a tree: exactly one of them has the parent -1, and every other comes down to it */
  constructor(signs: readonly LinkedSign[]) {
    this.signs = signs
    const children = signs.map((): number[] => [])
    signs.forEach(({ parent }, at) => children[parent]?.push(at))
    const left = (at: number) => signs[at]?.box[0] ?? 0
    for (const list of children) list.sort((one, other) => left(one) - left(other))
    this.children = children
  }

  get root(): number {
    return this.signs.findIndex(({ parent }) => parent < 0)
  }

  sign(at: number): LinkedSign {
    const sign = this.signs[at]
    if (!sign) throw new Error(`There is no sign ${String(at)}`)
    return sign
  }

  /** The signs that hang on one by any of the relations, from left to right. */
  find(at: number, ...wanted: readonly Relation[]): readonly number[] {
    return (this.children[at] ?? []).filter((child) => wanted.includes(this.sign(child).relation))
  }

  isTableHead(at: number): boolean {
    return this.find(at, 'cell', 'row').length > 0
  }

  /** The ink of a cell, with all that hangs on it; its first sign also stands for its row or its table. */
  measureCell(first: number): SignBox {
    const isOwn = ({ relation }: LinkedSign) => !tableRelations.has(relation) && relation !== 'after'
    return this.measure(first, (child) => isOwn(this.sign(child)))
  }

  private measure(at: number, isPart: (child: number) => boolean = () => true): SignBox {
    return (this.children[at] ?? [])
      .filter(isPart)
      .map((child) => this.measure(child))
      .reduce(unite, this.sign(at).box)
  }
}

export function unite(one: SignBox, other: SignBox): SignBox {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ]
}
