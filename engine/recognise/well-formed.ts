import { argumentCounts } from '../../shared/latex/tables.ts'

type Kind = 'group' | 'text' | 'name' | 'columns' | 'root-index' | 'array' | 'left'

/** Something open: what kind, the command it belongs to, and how many of that command's arguments follow it. */
type Level = { readonly kind: Kind; readonly opener: string; readonly argumentsLeft: number }

const argumentKinds: ReadonlyMap<string, Kind> = new Map([
  ['\\text', 'text'],
  ['\\operatorname', 'name'],
  ['\\mathrm', 'name'],
  ['\\begin{array}', 'columns'],
])

/** What the plain kinds of argument may hold. */
const contents: Partial<Record<Kind, RegExp>> = {
  text: /^[A-Za-z0-9 .,:;!?'"()\-/*+=]$/,
  name: /^[A-Za-z*]$/,
  columns: /^[lcr|]$/,
}

const isLeft = (token: string) => /^\\left(?:[^a-z]|$)/.test(token)
const isRight = (token: string) => /^\\right(?:[^a-z]|$)/.test(token)

/**
 * Which tokens may come next so that the whole stays well-formed: braces, arguments, arrays, and scripts in the order sub, sup.
 * Immutable, so that several continuations can share one past.
 */
export class WellFormed {
  static readonly start = new WellFormed([], 0, '')
  readonly #levels: readonly Level[]
  /** Arguments that must be opened before anything else. */
  readonly #due: number
  /** The last token, or the command whose last argument was just closed. */
  readonly #last: string

  private constructor(levels: readonly Level[], due: number, last: string) {
    this.#levels = levels
    this.#due = due
    this.#last = last
  }

  /** True when the sequence may end here. */
  canEnd(): boolean {
    return this.#levels.length === 0 && this.#due === 0
  }

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
        return top?.kind === 'group' && (!isEmpty || top.opener === '')
      case '&':
      case '\\\\':
      case '\\hline':
      case '\\end{array}':
        return top?.kind === 'array'
      case '_':
        return this.#last !== '_' && this.#last !== '^'
      case '^':
        return this.#last !== '^'
      default:
        return isRight(token) ? top?.kind === 'left' : true
    }
  }

  /** The state after a token that is allowed. */
  advance(token: string): WellFormed {
    const levels = this.#levels
    if (this.#due > 0) {
      const opener = this.#last
      const level: Level =
        token === '['
          ? { kind: 'root-index', opener, argumentsLeft: this.#due }
          : { kind: argumentKinds.get(opener) ?? 'group', opener, argumentsLeft: this.#due - 1 }
      return new WellFormed([...levels, level], 0, token)
    }
    const top = levels.at(-1)
    if (token === '}' || (token === ']' && top?.kind === 'root-index')) {
      return new WellFormed(levels.slice(0, -1), top?.argumentsLeft ?? 0, top?.opener ?? '')
    }
    if (token === '\\end{array}' || isRight(token)) return new WellFormed(levels.slice(0, -1), 0, token)
    if (token === '{') return this.#open({ kind: 'group', opener: '', argumentsLeft: 0 }, token)
    if (isLeft(token)) return this.#open({ kind: 'left', opener: '', argumentsLeft: 0 }, token)
    if (token === '\\begin{array}') {
      return new WellFormed([...levels, { kind: 'array', opener: '', argumentsLeft: 0 }], 1, token)
    }
    if (top && contents[top.kind]) return new WellFormed(levels, 0, token)
    const due = token === '_' || token === '^' ? 1 : (argumentCounts.get(token) ?? 0)
    return new WellFormed(levels, due, token)
  }

  /** The token that leads out of whatever is open, for cutting a reading short. */
  findClosing(): string | undefined {
    if (this.#due > 0) return '{'
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

  #open(level: Level, token: string): WellFormed {
    return new WellFormed([...this.#levels, level], 0, token)
  }
}
