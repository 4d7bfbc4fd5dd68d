import type { Relation } from '../../engine/recognise/structure/sign-tree.ts'
import { findSigns, type SignGroup } from '../generate/signs/find-signs.ts'
import type { NameGlyph } from '../generate/signs/name-glyphs.ts'
import { readLeaf, nameFunction } from './read-leaf.ts'
import type { StructuredSign } from './sign-list.ts'
import { TreeBuilder, UnreadableStructure, type Item } from './tree-builder.ts'

/**
 * The signs of a formula with their tree, from MathJax's own tree in its SVG. `undefined` where a sign has no token, or something is drawn that
 * no relation tells.
 * @param source the LaTeX that was typeset: it alone tells the cells of `align`, which are one row of signs, from those of tables
 */
export function readStructure(
  svg: string,
  nameGlyph: NameGlyph,
  source: string,
): StructuredSign[] | undefined {
  const { signs, unknown, root } = findSigns(svg, nameGlyph)
  if (unknown.length > 0 || signs.length === 0 || !root || hasEscapedText.test(source)) return undefined
  const tree = new TreeBuilder(signs)
  try {
    const [first] = new StructureReader(tree, listTables(source)).readRow([root])
    return first && tree.finish(first.first)
  } catch (error) {
    if (error instanceof UnreadableStructure) {
      if (process.env['WHY']) console.log(error.message)
      return undefined
    }
    throw error
  }
}

/** MathJax draws the backslash of what is escaped in a text. */
const hasEscapedText = /\\text\s*\{[^}]*\\/

/** Whether each table of a source, in order, is made of lines whose cells are only aligned. */
function listTables(source: string): boolean[] {
  return [...source.matchAll(/\\begin\s*\{\s*([a-zA-Z]+)|\\substack/g)].map(([, name = '']) =>
    /^(?:align|split|eqnarray|gather|multline|flalign)/.test(name),
  )
}

const rowNames = new Set([
  '',
  'math',
  'mrow',
  'TeXAtom',
  'mstyle',
  'mtd',
  'mpadded',
  'mphantom',
  'merror',
  'glyph',
])
const leafNames = new Set(['mi', 'mo', 'mn', 'mtext', 'ms'])
const openers = new Set(['(', '[', '\\{', '|', '\\|', '\\langle'])
/** What one accent covers: it leads what it stands over. */
const accents = new Set(
  String.raw`\bar \overline \underline \hat \widehat \tilde \widetilde \vec \dot \ddot \dddot \overbrace \underbrace \breve \check \acute \grave \rightarrow \leftarrow \leftrightarrow`.split(
    ' ',
  ),
)
/** Narrowest gap that counts as wide, in thousandths of an em, and that before a formula's number. */
const wideGap = 900
const tagGap = 2800

class StructureReader {
  private tables = 0

  private readonly tree: TreeBuilder
  private readonly areLines: readonly boolean[]

  constructor(tree: TreeBuilder, areLines: readonly boolean[]) {
    this.tree = tree
    this.areLines = areLines
  }

  /** Links the items of a row to each other; what the row hangs on is the caller's to say. */
  readRow(groups: readonly SignGroup[]): Item[] {
    const items: Item[] = []
    let gap = 0
    /** Scripts of nothing at the beginning of the row, for the item that comes. */
    const early: (readonly [Item, Relation])[] = []
    const nodes = groups.flatMap((group) => flatten(group))
    nodes.forEach((node, at) => {
      if (node.name === 'mspace') {
        gap += widthOf(node, nodes[at + 1])
        return
      }
      const previous = items.at(-1)
      const item = this.readItem(node, previous, early)
      if (!item) {
        // The invisible application behind the name of a function.
        if (node.name === 'mo' && previous) nameFunction(this.tree, previous.last)
        return
      }
      if (previous) this.tree.hang(item.first, previous.last, this.relate(previous, item, gap))
      this.hangEarly(early.splice(0), previous, item)
      items.push(item)
      gap = 0
    })
    const [lone, ...others] = early
    const last = items.at(-1)
    if (last) this.hangEarly(early, last, undefined)
    else if (others.length > 0) throw new UnreadableStructure('Scripts of nothing')
    // A script of nothing, alone in a row, looks like the row.
    return lone && !last ? [lone[0]] : items
  }

  /** Hangs scripts of nothing on the item that they stand nearer to. */
  private hangEarly(
    early: readonly (readonly [Item, Relation])[],
    previous: Item | undefined,
    next: Item | undefined,
  ): void {
    for (const [script, relation] of early) {
      const [left, , right] = this.tree.box(script.first)
      const before = previous ? left - this.tree.box(previous.last)[2] : Infinity
      const behind = next ? this.tree.box(next.first)[0] - right : Infinity
      if (next && behind < before) this.tree.hang(script.first, next.first, relation)
      else if (previous)
        this.tree.hang(
          script.first,
          previous.last,
          relation === 'presuperscript' ? 'superscript' : 'subscript',
        )
    }
  }

  private relate(previous: Item, item: Item, gap: number): Relation {
    if (previous.isTable) return 'after'
    if (gap >= tagGap && this.tree.token(item.first) === '(') return 'tag'
    return gap >= wideGap ? 'wide' : 'right'
  }

  private readItem(
    node: SignGroup,
    previous: Item | undefined,
    early: (readonly [Item, Relation])[],
  ): Item | undefined {
    const [base, ...others] = node.children.filter(({ name }) => name !== '' || node.name === 'mtable')
    if (leafNames.has(node.name)) return readLeaf(this.tree, node)
    switch (node.name) {
      case 'msup':
      case 'msub':
      case 'msubsup': {
        const scripts: (readonly [Item, Relation])[] = others.flatMap((script, at) => {
          const [first] = this.readRow([script])
          const isUpper = node.name === 'msup' || (node.name === 'msubsup' && at === 0)
          return first ? [[first, isUpper ? 'superscript' : 'subscript'] as const] : []
        })
        const item = base && joinRow(this.readRow([base]))
        for (const [script, relation] of scripts) {
          if (item) this.tree.hang(script.first, item.last, relation)
          else early.push([script, relation === 'superscript' ? 'presuperscript' : 'presubscript'])
        }
        return item
      }
      case 'munder':
      case 'mover':
      case 'munderover':
        return this.readStack(node, base, others)
      case 'mfrac':
        return this.readFraction(node, previous)
      case 'msqrt':
      case 'mroot':
        return this.readRoot(node)
      case 'menclose':
        return this.lead(node.signs, node.children)
      case 'mtable':
        return this.readTable(node)
      default:
        throw new UnreadableStructure(node.name)
    }
  }

  private readStack(
    node: SignGroup,
    base: SignGroup | undefined,
    others: readonly SignGroup[],
  ): Item | undefined {
    const [accent] = others
    const sign = accent && isUnscaled(accent) ? findOnly(accent) : undefined
    const token = this.tree.token(sign)
    if (base && others.length === 1 && accents.has(token))
      return this.lead(sign === undefined ? [] : [sign], [base])
    const item = base && joinRow(this.readRow([base]))
    if (!item) {
      if (others.some((other) => this.readRow([other]).length > 0))
        throw new UnreadableStructure('A stack on nothing')
      return undefined
    }
    const heights = others.map(({ own }) => own[5])
    others.forEach((other, at) => {
      const [first] = this.readRow([other])
      if (!first) return
      const isUnder =
        node.name === 'munder' || (node.name === 'munderover' && heights[at] === Math.min(...heights))
      // In a line of text the limits of an operator stand beside it.
      if (this.isBeside(first.first, item.last))
        this.tree.hang(first.first, item.last, isUnder ? 'subscript' : 'superscript')
      else this.tree.hang(first.first, item.first, isUnder ? 'under' : 'over')
    })
    return item
  }

  private isBeside(script: number, base: number): boolean {
    const [[left], [, , right]] = [this.tree.box(script), this.tree.box(base)]
    return left > right
  }

  private readFraction(node: SignGroup, previous: Item | undefined): Item | undefined {
    const [bar] = node.signs
    const [upper, lower] = node.children.filter(({ name }) => name !== '')
    const isBinomial = bar === undefined && openers.has(this.tree.token(previous?.last))
    const bearer = bar ?? (isBinomial ? previous?.last : undefined)
    if (bearer === undefined) throw new UnreadableStructure('A fraction without a bar')
    for (const [part, relation] of [
      [upper, 'over'],
      [lower, 'under'],
    ] as const) {
      const [first] = part ? this.readRow([part]) : []
      if (first) this.tree.hang(first.first, bearer, relation)
    }
    return bar === undefined ? undefined : single(bar)
  }

  private readRoot(node: SignGroup): Item | undefined {
    const [sign] = node.signs
    const [content] = node.children.filter(({ name }) => name === '')
    const [, index] = node.name === 'mroot' ? node.children.filter(({ name }) => name !== '') : []
    if (sign === undefined) throw new UnreadableStructure('A root without a surd')
    for (const [part, relation] of [
      [content, 'inside'],
      [index, 'index'],
    ] as const) {
      const [first] = part ? this.readRow([part]) : []
      if (first) this.tree.hang(first.first, sign, relation)
    }
    return single(sign)
  }

  /** What one sign stands over, under or around. */
  private lead(signs: readonly number[], content: readonly SignGroup[]): Item {
    const [sign, ...more] = signs
    if (sign === undefined || more.length > 0) throw new UnreadableStructure('Not one sign around')
    const [first] = this.readRow(content)
    if (first) this.tree.hang(first.first, sign, 'inside')
    return single(sign)
  }

  private readTable(node: SignGroup): Item | undefined {
    const isLines = this.areLines[this.tables] ?? false
    this.tables += 1
    const rows = node.children
      .filter(({ name }) => name === 'mtr')
      .map((row) => {
        const cells = row.children.filter(({ name }) => name === 'mtd')
        const read = isLines ? [this.readRow(cells)] : cells.map((cell) => this.readRow([cell]))
        return read.flatMap(([first]) => (first ? [first] : []))
      })
      .filter((row) => row.length > 0)
    const [head] = rows[0] ?? []
    if (!head) {
      if (node.signs.length > 0) throw new UnreadableStructure('Rules of an empty table')
      return undefined
    }
    if (rows.some((row) => row.some((cell) => cell.isTable)))
      throw new UnreadableStructure('A table in a table')
    rows.forEach((row, at) => {
      const before = rows[at - 1]?.[0]
      if (before && row[0]) this.tree.hang(row[0].first, before.first, 'row')
      row.forEach((cell, column) => {
        const left = row[column - 1]
        if (left) this.tree.hang(cell.first, left.first, 'cell')
      })
    })
    for (const rule of node.signs) this.tree.hang(rule, head.first, 'rule')
    return { first: head.first, last: head.first, isTable: rows.length > 1 || (rows[0]?.length ?? 0) > 1 }
  }
}

/** The nodes that stand in a row in a group, through those that only hold others. */
function flatten(group: SignGroup): SignGroup[] {
  return rowNames.has(group.name) ? group.children.flatMap((child) => flatten(child)) : [group]
}

function single(sign: number): Item {
  return { first: sign, last: sign, isTable: false }
}

/** A row as one item, as when it is the base of a script. */
function joinRow(items: readonly Item[]): Item | undefined {
  const [first, last] = [items[0], items.at(-1)]
  if (!first || !last) return undefined
  return { first: first.first, last: last.last, isTable: last.isTable }
}

function widthOf(space: SignGroup, next: SignGroup | undefined): number {
  return next ? (next.matrix[4] - space.matrix[4]) / space.matrix[0] : 0
}

/** Whether something stands in its full size: scripts are smaller. */
function isUnscaled({ own }: SignGroup): boolean {
  return Math.abs(own[0]) > 0.9
}

/** The only sign of an operator; accents are operators. */
function findOnly(group: SignGroup): number | undefined {
  const [node, ...others] = flatten(group)
  const [sign, ...more] = node?.signs ?? []
  return node?.name === 'mo' && others.length === 0 && more.length === 0 ? sign : undefined
}
