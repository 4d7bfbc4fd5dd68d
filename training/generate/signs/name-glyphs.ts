import { tokenIds, vocabulary } from '../../vocabulary.ts'
import type { Typesetter } from '../typeset.ts'
import { readAlphabetLetter, type SignStyle } from './math-alphabets.ts'

/** What one glyph of MathJax shows. `count`: how many signs a person would count in it (‴ is three primes). */
export type GlyphName = { readonly token: string; readonly style: SignStyle; readonly count: number }
/** Names a glyph by its code point in hexadecimal; `undefined` where the vocabulary has no token for its shape. */
export type NameGlyph = (code: string) => GlyphName | undefined

/** Shapes that tokens of other names have, and accents, which stand over something when they are typeset. */
const others: Readonly<Record<string, string>> = {
  // What the vocabulary has plain as well, as a mark of structure.
  '7B': '\\{',
  '7D': '\\}',
  '26': '\\&',
  '5F': '\\_',
  '25': '\\%',
  '24': '\\$',
  '23': '\\#',
  '2212': '-',
  '2223': '|',
  '7C': '|',
  '2016': '\\|',
  '2225': '\\|',
  '2217': '*',
  '2216': '\\backslash',
  '29F5': '\\backslash',
  '5C': '\\backslash',
  '27F8': '\\Leftarrow',
  '27FA': '\\Leftrightarrow',
  '27F9': '\\Rightarrow',
  '27F6': '\\rightarrow',
  '27F5': '\\leftarrow',
  '27F7': '\\leftrightarrow',
  '27FC': '\\mapsto',
  '2192': '\\rightarrow',
  '2190': '\\leftarrow',
  '2194': '\\leftrightarrow',
  '2026': '\\ldots',
  '22EF': '\\cdots',
  '2032': '\\prime',
  '2033': '\\prime',
  '2034': '\\prime',
  '2057': '\\prime',
  '221A': '\\sqrt',
  '23B7': '\\sqrt',
  '338': '\\not',
  '2C6': '\\hat',
  '302': '\\widehat',
  '5E': '\\hat',
  '2DC': '\\tilde',
  '303': '\\widetilde',
  AF: '\\bar',
  '304': '\\bar',
  '305': '\\overline',
  '2015': '\\overline',
  '332': '\\underline',
  '20D7': '\\vec',
  '2D9': '\\dot',
  '307': '\\dot',
  A8: '\\ddot',
  '308': '\\ddot',
  '20DB': '\\dddot',
  '2D8': '\\breve',
  '306': '\\breve',
  '2C7': '\\check',
  '30C': '\\check',
  B4: '\\acute',
  '2CA': '\\acute',
  '301': '\\acute',
  '60': '\\grave',
  '2CB': '\\grave',
  '300': '\\grave',
  '23DE': '\\overbrace',
  '23DF': '\\underbrace',
  '2019': "'",
  '201C': '"',
  '201D': '"',
  '2013': '-',
  '2010': '-',
  '3A': ':',
  '2236': ':',
  '6DE': '\\star',
  '2299': '\\odot',
}
const primes: Readonly<Record<string, number>> = { '2033': 2, '2034': 3, '2057': 4 }

const letters: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon varphi chi psi omega'
      .split(' ')
      .map((name, at) => [String.fromCodePoint(0x3b1 + at), name === 'o' ? 'o' : `\\${name}`]),
  ),
  ...{
    Γ: '\\Gamma',
    Δ: '\\Delta',
    Θ: '\\Theta',
    ϴ: '\\Theta',
    Λ: '\\Lambda',
    Ξ: '\\Xi',
    Π: '\\Pi',
    Σ: '\\Sigma',
  },
  ...{
    Υ: '\\Upsilon',
    Φ: '\\Phi',
    Ψ: '\\Psi',
    Ω: '\\Omega',
    '∇': '\\nabla',
    '∂': '\\partial',
    ϵ: '\\epsilon',
  },
  ...{ ϑ: '\\vartheta', ϰ: '\\kappa', ϕ: '\\phi', ϱ: '\\varrho', ϖ: '\\varpi', ı: '\\imath', ȷ: '\\jmath' },
  ...{
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Ζ: 'Z',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Χ: 'X',
  },
}

/** Finds out which code point each token of the vocabulary is drawn with, by typesetting it. */
export function createGlyphNames(typeset: Typesetter): NameGlyph {
  const tokens = new Map<string, string>()
  for (const token of vocabulary) {
    if (!/^\\[a-zA-Z]+$/.test(token)) continue
    const codes = [...(typeset(token) ?? '').matchAll(/ data-c="([^"]*)"/g)].map(([, code = '']) => code)
    const [code] = codes
    // A name of letters (\sin) is one token of several signs.
    if (code !== undefined && codes.length === 1 && !tokens.has(code)) tokens.set(code, token)
  }
  return (code) => {
    const value = Number.parseInt(code, 16)
    const letter = readAlphabetLetter(value)
    const character = letter?.character ?? String.fromCodePoint(value)
    const token =
      others[code] ??
      (letter ? undefined : tokens.get(code)) ??
      letters[character] ??
      (tokenIds.has(character) ? character : tokenIds.has(`\\${character}`) ? `\\${character}` : undefined)
    if (token === undefined || !tokenIds.has(token)) return undefined
    return { token, style: letter?.style ?? 'upright', count: primes[code] ?? 1 }
  }
}
