import type { Relation, Spelling } from '../../engine/recognise/structure/sign-tree.ts'
import type { SignStyle } from '../generate/signs/math-alphabets.ts'
import type { DrawnSign, SignBox } from '../generate/signs/sign-collector.ts'
import type { StructuredSign } from './sign-list.ts'

/** An item of a row: its first sign, the sign that the next item hangs on, and whether it is a table. */
export type Item = { readonly first: number; readonly last: number; readonly isTable: boolean }

/** Why a formula has no tree here. */
export class UnreadableStructure extends Error {}

const spellingOf: Partial<Record<SignStyle, Spelling>> = {
  bold: 'mathbf',
  calligraphic: 'mathcal',
  blackboard: 'mathbb',
  fraktur: 'mathfrak',
}

/** Alphabets whose letters side by side are one name. */
const uprightStyles: ReadonlySet<SignStyle> = new Set(['upright', 'sans', 'typewriter'])

const scriptRelations: ReadonlySet<Relation> = new Set<Relation>([
  'superscript',
  'subscript',
  'over',
  'under',
])

/** Collects what each sign hangs on and how it is spelled. */
export class TreeBuilder {
  private readonly parents = new Map<number, readonly [number, Relation]>()
  private readonly spelled = new Map<number, Spelling>()

  private readonly signs: readonly DrawnSign[]

  constructor(signs: readonly DrawnSign[]) {
    this.signs = signs
  }

  token(at: number | undefined): string {
    return at === undefined ? '' : (this.signs[at]?.token ?? '')
  }

  /** The ink of a sign, y downwards. */
  box(at: number): SignBox {
    return this.signs[at]?.box ?? [0, 0, 0, 0]
  }

  isUprightLetter(at: number): boolean {
    return (
      /^[a-zA-Z]$/.test(this.token(at)) &&
      uprightStyles.has(this.signs[at]?.style ?? 'italic') &&
      this.spelled.get(at) !== 'text'
    )
  }

  /** Hangs one sign on another. Throws when it hangs already. */
  hang(sign: number, parent: number, relation: Relation): void {
    if (this.parents.has(sign) || sign === parent) throw new UnreadableStructure('A sign is hung twice')
    this.parents.set(sign, [parent, relation])
  }

  spell(sign: number, spelling: Spelling): void {
    this.spelled.set(sign, spelling)
  }

  /** Makes the name of a function of letters, in the order in which they are read. */
  nameFunction(letters: readonly number[]): void {
    letters.forEach((at, place) => {
      const before = letters[place - 1]
      if (before !== undefined) this.parents.set(at, [before, 'letter'])
      this.spell(at, 'operatorname')
    })
  }

  /** The upright letter before another one, unless it is of a function's name. */
  letterBefore(at: number): number | undefined {
    const [parent, relation] = this.parents.get(at) ?? []
    if (parent === undefined || (relation !== 'letter' && relation !== 'right')) return undefined
    return this.isUprightLetter(parent) && this.spelled.get(parent) !== 'operatorname' ? parent : undefined
  }

  /** @param root the only sign that hangs on nothing */
  finish(root: number): StructuredSign[] {
    this.joinLetters()
    return this.signs.map(({ token, style, box }, at) => {
      const [parent, relation] = this.parents.get(at) ?? [-1, 'right' as const]
      if (parent === -1 && at !== root) throw new UnreadableStructure(`${token} hangs on nothing`)
      const spelling = this.spelled.get(at) ?? spellingOf[style] ?? 'plain'
      return { token, style, box, parent, relation, spelling }
    })
  }

  /** Upright letters side by side are one name, however their source spells it. */
  private joinLetters(): void {
    const bearers = new Set(
      [...this.parents.values()].flatMap(([parent, relation]) =>
        scriptRelations.has(relation) ? [parent] : [],
      ),
    )
    for (const [at, [parent, relation]] of this.parents) {
      if (relation !== 'right' || !this.isUprightLetter(at) || !this.isUprightLetter(parent)) continue
      if (bearers.has(parent)) continue
      if (this.spelled.get(parent) === 'operatorname' || this.spelled.get(at) === 'operatorname') continue
      this.parents.set(at, [parent, 'letter'])
      this.spell(at, 'mathrm')
      this.spell(parent, 'mathrm')
    }
  }
}
