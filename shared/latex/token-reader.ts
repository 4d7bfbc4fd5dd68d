import type { LatexToken } from './tokens.ts'

/** A cursor over tokens for the recursive readers. */
export class TokenReader {
  readonly #tokens: readonly LatexToken[]
  #at = 0

  constructor(tokens: readonly LatexToken[]) {
    this.#tokens = tokens
  }

  isAtEnd(): boolean {
    return this.#at >= this.#tokens.length
  }

  peek(): LatexToken | undefined {
    return this.#tokens[this.#at]
  }

  next(): LatexToken | undefined {
    const token = this.#tokens[this.#at]
    this.#at += 1
    return token
  }

  /** Reads the token if it is the expected one. */
  accept(expected: LatexToken): boolean {
    if (this.peek() !== expected) return false
    this.#at += 1
    return true
  }

  /** Everything before the next `end` token, which stays unread. */
  takeUntil(end: LatexToken): LatexToken[] {
    const from = this.#at
    while (!this.isAtEnd() && this.peek() !== end) this.#at += 1
    return this.#tokens.slice(from, this.#at)
  }
}
