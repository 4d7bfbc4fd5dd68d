import { listRow, type MathNode } from './math-tree.ts'

/** Signs of MathML with a meaning of their own, for whoever writes a formula in another notation. */

export type Accent =
  | 'hat'
  | 'tilde'
  | 'bar'
  | 'vec'
  | 'leftVec'
  | 'bothVec'
  | 'dot'
  | 'ddot'
  | 'dddot'
  | 'breve'
  | 'check'
  | 'acute'
  | 'grave'
  | 'brace'

const accents: Readonly<Record<string, Accent>> = {
  '^': 'hat',
  '\u02c6': 'hat',
  '~': 'tilde',
  '\u02dc': 'tilde',
  '\u00af': 'bar',
  '\u2015': 'bar',
  '\u203e': 'bar',
  _: 'bar',
  '\u2192': 'vec',
  '\u2190': 'leftVec',
  '\u2194': 'bothVec',
  '\u02d9': 'dot',
  '\u00a8': 'ddot',
  '\u20db': 'dddot',
  '\u02d8': 'breve',
  '\u02c7': 'check',
  '\u00b4': 'acute',
  '\u02ca': 'acute',
  '`': 'grave',
  '\u02cb': 'grave',
  '\u23de': 'brace',
  '\u23df': 'brace',
}

/** Signs that stand over the letter before them, which Unicode text and Office Math are written with. */
export const combiningMarks: Readonly<Record<Accent, string>> = {
  hat: '\u0302',
  tilde: '\u0303',
  bar: '\u0305',
  vec: '\u20d7',
  leftVec: '\u20d6',
  bothVec: '\u20e1',
  dot: '\u0307',
  ddot: '\u0308',
  dddot: '\u20db',
  breve: '\u0306',
  check: '\u030c',
  acute: '\u0301',
  grave: '\u0300',
  brace: '\u23de',
}

/** What stands over or under a base as its accent; undefined for a script or a label. */
export function findAccent(mark: MathNode | undefined, base: MathNode | undefined): Accent | undefined {
  if (mark?.name !== 'mo' || base?.name === 'mo') return undefined
  return accents[mark.text]
}

const bigOperators: ReadonlySet<string> = new Set('∑∏∐∫∬∭∮∯⋃⋂⨁⨂⋁⋀⨆⨀⨄')

/** What stands under and over something. */
export type Stacked = { readonly under?: MathNode | undefined; readonly over?: MathNode | undefined }

/** A sum, product or integral, which acts on what follows. */
export const isBigOperator = (node: MathNode | undefined): boolean =>
  node?.name === 'mo' && bigOperators.has(node.text)

/** `sin`, `rank`, `lim`: a name of several letters that is set upright. */
export const isFunctionName = ({ name, text }: MathNode): boolean =>
  (name === 'mi' || name === 'mo') && /^\p{L}{2,}(?:[\s\u2006]\p{L}+)*$/u.test(text)

/** `lim sup` is written with a thin space. */
export const spellName = ({ text }: MathNode): string => text.replace(/[\s\u2006]+/g, '')

export const APPLY = '\u2061'

export const isEmpty = (node: MathNode): boolean =>
  node.text === '' && node.children.every(isEmpty) && node.name !== 'mspace' && node.name !== 'fenced'

/** The width of a space in em. */
export const widthOf = ({ attributes }: MathNode): number => {
  const width = attributes['width'] ?? '0'
  const named: Readonly<Record<string, number>> = {
    thickmathspace: 5 / 18,
    mediummathspace: 4 / 18,
    thinmathspace: 3 / 18,
  }
  return named[width] ?? (width.endsWith('em') ? Number.parseFloat(width) : 0)
}

const variants: Readonly<Record<string, readonly [upper: number, lower: number, digit: number]>> = {
  bold: [0x1d400, 0x1d41a, 0x1d7ce],
  italic: [0x1d434, 0x1d44e, 0],
  'bold-italic': [0x1d468, 0x1d482, 0x1d7ce],
  script: [0x1d49c, 0x1d4b6, 0],
  'bold-script': [0x1d4d0, 0x1d4ea, 0],
  fraktur: [0x1d504, 0x1d51e, 0],
  'double-struck': [0x1d538, 0x1d552, 0x1d7d8],
  'bold-fraktur': [0x1d56c, 0x1d586, 0],
  'sans-serif': [0x1d5a0, 0x1d5ba, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d7ec],
  'sans-serif-italic': [0x1d608, 0x1d622, 0],
  monospace: [0x1d670, 0x1d68a, 0x1d7f6],
}
/** Greek letters have bold and bold italic alphabets. */
const greek: Readonly<Record<string, readonly [upper: number, lower: number]>> = {
  bold: [0x1d6a8, 0x1d6c2],
  'bold-italic': [0x1d71c, 0x1d736],
}
/** Letters that were in Unicode before their alphabets. */
const older: Readonly<Record<string, string>> = {
  'italic h': 'ℎ',
  'script B': 'ℬ',
  'script E': 'ℰ',
  'script F': 'ℱ',
  'script H': 'ℋ',
  'script I': 'ℐ',
  'script L': 'ℒ',
  'script M': 'ℳ',
  'script R': 'ℛ',
  'script e': 'ℯ',
  'script g': 'ℊ',
  'script o': 'ℴ',
  'fraktur C': 'ℭ',
  'fraktur H': 'ℌ',
  'fraktur I': 'ℑ',
  'fraktur R': 'ℜ',
  'fraktur Z': 'ℨ',
  'double-struck C': 'ℂ',
  'double-struck H': 'ℍ',
  'double-struck N': 'ℕ',
  'double-struck P': 'ℙ',
  'double-struck Q': 'ℚ',
  'double-struck R': 'ℝ',
  'double-struck Z': 'ℤ',
}

/** A `mathvariant` in the names of MathML; MathJax has some of its own. */
export function variantOf({ attributes }: MathNode): string | undefined {
  const variant = attributes['mathvariant']
  if (variant === undefined) return undefined
  return variant.replace(/^-tex-(bold-)?calligraphic$/, '$1script').replace(/^-tex-/, '')
}

/** The letters of a token in the alphabet that it is set in. */
export function spellLetters(node: MathNode): string {
  const variant = variantOf(node)
  if (variant === undefined) return node.text
  return Array.from(node.text, (letter) => spellLetter(letter, variant)).join('')
}

function spellLetter(letter: string, variant: string): string {
  const known = older[`${variant} ${letter}`]
  if (known !== undefined) return known
  const code = letter.codePointAt(0) ?? 0
  const [upper = 0, lower = 0, digit = 0] = variants[variant] ?? []
  const [greekUpper = 0, greekLower = 0] = greek[variant] ?? []
  const within = (start: number, from: number, to: number) =>
    start > 0 && code >= from && code <= to ? String.fromCodePoint(start + code - from) : undefined
  return (
    within(upper, 0x41, 0x5a) ??
    within(lower, 0x61, 0x7a) ??
    within(digit, 0x30, 0x39) ??
    within(greekUpper, 0x391, 0x3a9) ??
    within(greekLower, 0x3b1, 0x3c9) ??
    letter
  )
}

/** The cells of a table, row by row. */
export const listCells = ({ children }: MathNode): readonly (readonly MathNode[])[] =>
  children.map((row) => row.children.map((cell) => cell.children[0] ?? cell))

/** A matrix in round, square or other delimiters; undefined for anything else. */
export function findMatrix(node: MathNode): MathNode | undefined {
  const inside = node.name === 'fenced' ? listRow(node.children[0] ?? node) : []
  return inside.length === 1 && inside[0]?.name === 'mtable' ? inside[0] : undefined
}

/** Brackets that have no partner in their row: some notations would look for one. */
export function findLooseBrackets(nodes: readonly MathNode[]): ReadonlySet<MathNode> {
  const partners: Readonly<Record<string, string>> = {
    ')': '(',
    ']': '[',
    '}': '{',
    '⟩': '⟨',
    '⌋': '⌊',
    '⌉': '⌈',
  }
  const open: MathNode[] = []
  const loose = new Set<MathNode>()
  for (const node of nodes) {
    if (node.name !== 'mo') continue
    if ('([{⟨⌊⌈'.includes(node.text) && node.text !== '') open.push(node)
    else if (partners[node.text] !== undefined) {
      if (open.at(-1)?.text === partners[node.text]) open.pop()
      else loose.add(node)
    }
  }
  return new Set([...loose, ...open])
}
