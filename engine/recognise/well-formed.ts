import { argumentCounts } from '../../shared/latex/tables.ts'

type LevelKind = 'group' | 'text' | 'name' | 'columns' | 'root-index' | 'array' | 'left'

/** Something open: what kind, the command it belongs to, and how many of that command's arguments follow it. */
/** What decides about the next token. */
type State = {
  readonly levels: readonly Level[]
  readonly due: number
  readonly last: string
  readonly brackets: number
  readonly count: number
  /** Cells begun in the current row of an array; columns so far while they are declared. */
  readonly cells: number
}

type Level = {
  readonly kind: LevelKind
  readonly opener: string
  readonly argumentsLeft: number
  /** Brackets open around it, which only its outside may close, and the cell of the array around it. */
  readonly outerBrackets: number
  readonly outerCells: number
  /** Columns of an array, once they are declared. */
  readonly columns: number
}

const argumentKinds: ReadonlyMap<string, LevelKind> = new Map([
  ['\\text', 'text'],
  ['\\operatorname', 'name'],
  ['\\mathrm', 'name'],
  ['\\begin{array}', 'columns'],
])

/** What the plain kinds of argument may hold. */
const contents: Partial<Record<LevelKind, RegExp>> = {
  text: /^[A-Za-z0-9 .,:;!?'"()\-/*+=]$/,
  name: /^[A-Za-z*]$/,
  columns: /^[lcr|]$/,
}

const isLeft = (token: string) => /^\\left(?:[^a-z]|$)/.test(token)
const isRight = (token: string) => /^\\right(?:[^a-z]|$)/.test(token)

const openingBrackets = new Set(['(', '[', '\\{'])
const closingBrackets = new Set([')', ']', '\\}'])
/** An item mark such as `a)` or `12)` closes what was never opened, but only at the very start. */
const longestItemMark = 3

/**
 * Which tokens may come next so that the whole stays well-formed: braces, arguments, arrays, scripts in the order sub, sup, and
 * brackets closed in the group or cell that opened them (by any kind: intervals are half open).
 * Immutable, so that several continuations can share one past.
 */
export class WellFormed {
  static readonly start = new WellFormed({ levels: [], due: 0, last: '', brackets: 0, count: 0, cells: 0 })
  readonly #levels: readonly Level[]
  /** Arguments that must be opened before anything else. */
  readonly #due: number
  /** The last token, or the command whose last argument was just closed. */
  readonly #last: string

  /** Brackets open in the current group or cell. */
  readonly #brackets: number
  readonly #count: number
  readonly #cells: number

  private constructor(state: State) {
    this.#levels = state.levels
    this.#due = state.due
    this.#last = state.last
    this.#brackets = state.brackets
    this.#count = state.count
    this.#cells = state.cells
  }

  /** True when the sequence may end here. */
  canEnd(): boolean {
    return this.#levels.length === 0 && this.#due === 0 && this.#brackets === 0
  }

  // eslint-disable-next-line complexity -- a grammar, rule by rule
  allows(token: string): boolean {
    if (token.length > 1 && token.startsWith('<')) return false
    if (this.#due > 0) return token === '{' || (token === '[' && this.#last === '\\sqrt')
    const top = this.#levels.at(-1)
    const content = top && contents[top.kind]
    const isEmpty = this.#last === '{'
    if (content) return token === '}' ? !isEmpty : content.test(token)
    switch (token) {
      case ' ':
        return false
      case '}':
        // Only a bare pair of braces may be empty: it carries scripts of its own, as in { } _ n C _ r.
        return top?.kind === 'group' && this.#brackets === 0 && (!isEmpty || top.opener === '')
      case '&':
        return top?.kind === 'array' && this.#brackets === 0 && this.#cells < top.columns
      case '\\hline':
        return top?.kind === 'array'
      case '\\\\':
      case '\\end{array}':
        return top?.kind === 'array' && this.#brackets === 0 && this.#isRowFull(top.columns)
      case '_':
        return this.#last !== '_' && this.#last !== '^'
      case '^':
        return this.#last !== '^'
      case ')':
      case ']':
      case '\\}':
        if (token === ']' && top?.kind === 'root-index') return true
        return this.#brackets > 0 || (!top && token === ')' && this.#count <= longestItemMark)
      default:
        return isRight(token) ? top?.kind === 'left' : true
    }
  }

  /** The state after a token that is allowed. */
  advance(token: string): WellFormed {
    const levels = this.#levels
    const top = levels.at(-1)
    if (this.#due > 0) {
      const opener = this.#last
      if (token === '[') return this.#open('root-index', opener, this.#due, token)
      return this.#open(argumentKinds.get(opener) ?? 'group', opener, this.#due - 1, token)
    }
    if (top && (token === '}' || (token === ']' && top.kind === 'root-index'))) {
      return this.#close(top.argumentsLeft, top.opener)
    }
    if (token === '\\end{array}' || isRight(token)) return this.#close(0, token)
    if (top?.kind === 'columns' && token !== '|') return this.#move({ last: token, cells: this.#cells + 1 })
    if (top && contents[top.kind]) return this.#move({ last: token })
    if (token === '&') return this.#move({ last: token, cells: this.#cells + 1 })
    if (token === '\\\\') return this.#move({ last: token, cells: 1 })
    if (token === '{') return this.#open('group', '', 0, token)
    if (isLeft(token)) return this.#open('left', '', 0, token)
    if (token === '\\begin{array}') return this.#open('array', '', 0, token).#move({ due: 1 })
    if (openingBrackets.has(token)) return this.#move({ last: token, brackets: this.#brackets + 1 })
    if (closingBrackets.has(token))
      return this.#move({ last: token, brackets: Math.max(0, this.#brackets - 1) })
    const due = token === '_' || token === '^' ? 1 : (argumentCounts.get(token) ?? 0)
    return this.#move({ last: token, due })
  }

  /** The token that leads out of whatever is open, for cutting a reading short. */
  findClosing(): string | undefined {
    if (this.#due > 0) return '{'
    if (this.#brackets > 0) return ')'
    switch (this.#levels.at(-1)?.kind) {
      case undefined:
        return undefined
      case 'array':
        return '\\end{array}'
      case 'left':
        return '\\right.'
      case 'root-index':
        return ']'
      default:
        return '}'
    }
  }

  #move(change: Partial<State>): WellFormed {
    return new WellFormed({
      levels: this.#levels,
      due: this.#due,
      last: this.#last,
      brackets: this.#brackets,
      count: this.#count + 1,
      cells: this.#cells,
      ...change,
    })
  }

  #open(kind: LevelKind, opener: string, argumentsLeft: number, last: string): WellFormed {
    const level: Level = {
      kind,
      opener,
      argumentsLeft,
      outerBrackets: this.#brackets,
      outerCells: this.#cells,
      columns: 1,
    }
    return this.#move({ levels: [...this.#levels, level], due: 0, last, brackets: 0, cells: 0 })
  }

  /** Leaves the current level; `last` is the command whose argument it was, or the closing token. */
  #close(due: number, last: string): WellFormed {
    const top = this.#levels.at(-1)
    const levels = this.#levels.slice(0, -1)
    const array = levels.at(-1)
    if (top?.kind === 'columns' && array) {
      const declared = { ...array, columns: Math.max(1, this.#cells) }
      return this.#move({ levels: [...levels.slice(0, -1), declared], due, last, brackets: 0, cells: 1 })
    }
    return this.#move({ levels, due, last, brackets: top?.outerBrackets ?? 0, cells: top?.outerCells ?? 0 })
  }

  /** Wide matrices with dots may leave a cell out. */
  #isRowFull(columns: number): boolean {
    return this.#cells === columns || (columns >= 4 && this.#cells === columns - 1)
  }
}
