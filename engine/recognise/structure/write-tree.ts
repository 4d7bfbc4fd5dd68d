import { functionNames, largeOperators } from '../../../shared/latex/tables.ts'
import { normaliseTokens } from '../../../shared/latex/normalise.ts'
import type { LatexToken } from '../../../shared/latex/tokens.ts'
import type { LinkedSign, Relation } from './sign-tree.ts'
import { rowRelations, TreeView } from './tree-view.ts'
import { readRun, spellRun, type SignRun } from './write-run.ts'
import { isFence, writeTable } from './write-table.ts'

/** The canonical LaTeX tokens of a tree of signs. */
export function writeTree(signs: readonly LinkedSign[]): LatexToken[] {
  if (signs.length === 0) return []
  const tree = new TreeView(signs)
  return normaliseTokens(dropGapBeforeModulus(new TreeWriter(tree).writeRow(tree.root)))
}

/** A modulus stands apart by itself. */
function dropGapBeforeModulus(tokens: readonly LatexToken[]): LatexToken[] {
  return tokens.filter(
    (token, at) =>
      token !== '\\quad' || (tokens[at + 1] === '(' ? tokens[at + 2] : tokens[at + 1]) !== '\\bmod',
  )
}

/** Accents and what else covers its content, and the command for it. */
const covers: ReadonlyMap<string, string> = new Map([
  ...String.raw`\bar \overline \underline \hat \widehat \tilde \widetilde \vec \dot \ddot \dddot \overbrace \underbrace \breve \check \acute \grave \boxed \cancel`
    .split(' ')
    .map((token) => [token, token] as const),
  ['\\rightarrow', '\\overrightarrow'],
  ['\\leftarrow', '\\overleftarrow'],
  ['\\leftrightarrow', '\\overleftrightarrow'],
])
const extensibleArrows: ReadonlyMap<string, string> = new Map([
  ['\\rightarrow', '\\xrightarrow'],
  ['\\leftarrow', '\\xleftarrow'],
])

class TreeWriter {
  private readonly tree: TreeView

  constructor(tree: TreeView) {
    this.tree = tree
  }

  /** @param inTable true for a cell, whose first sign also stands for its row or its table */
  writeRow(first: number, inTable = false): LatexToken[] {
    const tokens: LatexToken[] = []
    let at: number | undefined = first
    let isCell = inTable
    let previous: number | undefined
    while (at !== undefined) {
      const { relation } = this.tree.sign(at)
      if (at !== first && relation === 'tag') return [...tokens, ...this.writeTag(at)]
      if (at !== first && relation === 'wide') tokens.push('\\quad')
      const isTable: boolean = !isCell && this.tree.isTableHead(at)
      const nextOf: (sign: number) => number | undefined = (sign) => this.next(sign, isTable, isCell)
      if (isTable) {
        const following = nextOf(at)
        const fences = this.writeFenced(at, previous, following)
        if (fences.hasOpening) tokens.pop()
        tokens.push(...fences.tokens)
        previous = at
        at = following
        if (fences.hasClosing && following !== undefined) {
          tokens.push(...this.writeScripts([following]))
          previous = following
          at = this.next(following, false, false)
        }
      } else {
        const run = readRun(this.tree, at, isCell)
        tokens.push(...this.writeItem(run, previous))
        previous = run.last
        at = nextOf(run.last)
        const isBinomial = this.isBinomial(run.last)
        if (isBinomial && at !== undefined && this.tree.sign(at).token === ')') {
          tokens.push(...this.writeScripts([at]))
          previous = at
          at = this.next(at, false, false)
        }
      }
      isCell = false
    }
    return tokens
  }

  /** What comes after an item; a sign that wrongly has several followers is followed by the rows of all of them. */
  private next(sign: number, isTable: boolean, isCell: boolean): number | undefined {
    const wanted: readonly Relation[] = isTable
      ? ['after']
      : isCell
        ? rowRelations.filter((relation) => relation !== 'after')
        : rowRelations
    return this.tree.find(sign, ...wanted)[0]
  }

  private writeFenced(
    head: number,
    previous: number | undefined,
    following: number | undefined,
  ): { tokens: LatexToken[]; hasOpening: boolean; hasClosing: boolean } {
    const table = writeTable(
      this.tree,
      head,
      previous === undefined ? undefined : this.tree.sign(previous),
      (cell) => this.writeRow(cell, true),
    )
    const opening = isFence(this.tree, previous, table.box, 'opening')
    const closing = isFence(this.tree, following, table.box, 'closing')
    if (opening === undefined && closing === undefined)
      return { tokens: table.tokens, hasOpening: false, hasClosing: false }
    return {
      tokens: [`\\left${opening ?? '.'}`, ...table.tokens, `\\right${closing ?? '.'}`],
      hasOpening: opening !== undefined,
      hasClosing: closing !== undefined,
    }
  }

  private isBinomial(at: number): boolean {
    return (
      this.tree.sign(at).token === '(' &&
      this.tree.find(at, 'over').length > 0 &&
      this.tree.find(at, 'under').length > 0
    )
  }

  /** The number of a formula, without its brackets. */
  private writeTag(first: number): LatexToken[] {
    const tokens = this.writeRow(first)
    const last = tokens.lastIndexOf(')')
    return ['\\tag', '{', ...tokens.slice(1, last < 1 ? undefined : last), '}']
  }

  private writeItem(run: SignRun, previous: number | undefined): LatexToken[] {
    const { signs } = run
    const [first = run.last] = signs
    return [
      ...this.writeScripts([first], 'presubscript', 'presuperscript', ['{', '}']),
      ...this.writeLimits(signs, this.writeCore(run, previous)),
      ...this.writeScripts(signs),
    ]
  }

  private writeCore(run: SignRun, previous: number | undefined): LatexToken[] {
    const { signs, last } = run
    if (signs.length > 1) return spellRun(this.tree, run)
    const { token, spelling } = this.tree.sign(last)
    if (token === '\\frac') return ['\\frac', ...this.writeArguments(last, 'over', 'under')]
    if (token === '\\sqrt') {
      const index = this.writeParts(last, 'index')
      return [
        '\\sqrt',
        ...(index.length > 0 ? ['[', ...index, ']'] : []),
        ...this.writeArguments(last, 'inside'),
      ]
    }
    if (this.isBinomial(last)) return ['\\binom', ...this.writeArguments(last, 'over', 'under')]
    const cover = covers.get(token)
    const content = this.tree.find(last, 'inside')
    if (cover !== undefined && content.length > 0)
      return [
        previous !== undefined && this.isDivision(previous, last) ? '\\longdiv' : cover,
        ...this.writeArguments(last, 'inside'),
      ]
    if (content.length > 0) return [token, ...this.writeParts(last, 'inside')]
    return spelling === 'plain' ? [token] : spellRun(this.tree, run)
  }

  /** A bar that begins at a closing bracket, with no bracket that it closes. */
  private isDivision(previous: number, bar: number): boolean {
    const [bracket, cover] = [this.tree.sign(previous), this.tree.sign(bar)]
    if (bracket.token !== ')' || cover.token !== '\\overline') return false
    return cover.box[0] - bracket.box[2] < 0.25 * (bracket.box[3] - bracket.box[1])
  }

  /** What stands over and under: limits of operators, labels of braces and arrows, and of anything else. */
  private writeLimits(signs: readonly number[], core: LatexToken[]): LatexToken[] {
    const [first = -1] = signs
    const { token } = this.tree.sign(first)
    if (token === '\\frac' || this.isBinomial(first)) return core
    const over = signs.flatMap((at) => this.writeParts(at, 'over'))
    const under = signs.flatMap((at) => this.writeParts(at, 'under'))
    if (over.length === 0 && under.length === 0) return core
    const [command = ''] = core
    const arrow = extensibleArrows.get(command)
    if (arrow !== undefined && over.length > 0)
      return [arrow, '{', ...over, '}', ...(under.length > 0 ? ['_', '{', ...under, '}'] : [])]
    const takesLimits =
      largeOperators.has(command) ||
      functionNames.has(command) ||
      command === '\\operatorname' ||
      command === '\\overbrace' ||
      command === '\\underbrace' ||
      /^\\big[a-z]{3,}/.test(command)
    if (takesLimits)
      return [
        ...core,
        ...(under.length > 0 ? ['_', '{', ...under, '}'] : []),
        ...(over.length > 0 ? ['^', '{', ...over, '}'] : []),
      ]
    const topped = over.length > 0 ? ['\\overset', '{', ...over, '}', '{', ...core, '}'] : core
    return under.length > 0 ? ['\\underset', '{', ...under, '}', '{', ...topped, '}'] : topped
  }

  private writeScripts(
    signs: readonly number[],
    lower: Relation = 'subscript',
    upper: Relation = 'superscript',
    base: readonly LatexToken[] = [],
  ): LatexToken[] {
    const subscript = signs.flatMap((at) => this.writeParts(at, lower))
    const superscript = signs.flatMap((at) => this.writeParts(at, upper))
    if (subscript.length === 0 && superscript.length === 0) return []
    return [
      ...base,
      ...(subscript.length > 0 ? ['_', '{', ...subscript, '}'] : []),
      ...(superscript.length > 0 ? ['^', '{', ...superscript, '}'] : []),
    ]
  }

  private writeParts(at: number, relation: Relation): LatexToken[] {
    return this.tree.find(at, relation).flatMap((part) => this.writeRow(part))
  }

  private writeArguments(at: number, ...wanted: readonly Relation[]): LatexToken[] {
    return wanted.flatMap((relation) => ['{', ...this.writeParts(at, relation), '}'])
  }
}
