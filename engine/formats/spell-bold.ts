import type { LatexToken } from '../../shared/latex/tokens.ts'
import { findClosing } from './token-groups.ts'

/** `\mathbf` makes letters and figures bold and nothing else: whatever holds another sign is spelled `\boldsymbol`. */
export function spellBold(tokens: readonly LatexToken[]): LatexToken[] {
  return tokens.map((token, at) => {
    if (token !== '\\mathbf' || tokens[at + 1] !== '{') return token
    const content = tokens.slice(at + 2, findClosing(tokens, at + 1))
    return content.some((sign) => /^\\[a-zA-Z]/.test(sign)) ? '\\boldsymbol' : token
  })
}
