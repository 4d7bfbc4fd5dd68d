import { createRow, listRow, type MathNode } from './math-tree.ts'
import {
  APPLY,
  findAccent,
  findLooseBrackets,
  findMatrix,
  isBigOperator,
  isEmpty,
  isFunctionName,
  listCells,
  spellName,
  variantOf,
  widthOf,
  type Accent,
  type Stacked,
} from './math-signs.ts'

/** A formula in AsciiMath. Signs that it has no word for stand as themselves, which its readers show. */
export function writeAsciimath(formula: MathNode): string {
  return writeRow(listRow(formula))
}

const accents: Readonly<Record<Accent, string>> = {
  hat: 'hat',
  tilde: 'tilde',
  bar: 'bar',
  vec: 'vec',
  leftVec: 'overset(larr)',
  bothVec: 'overset(harr)',
  dot: 'dot',
  ddot: 'ddot',
  dddot: 'overset(...)',
  breve: 'overset(\u02d8)',
  check: 'overset(\u02c7)',
  acute: 'overset(\u00b4)',
  grave: 'overset(\u02cb)',
  brace: 'obrace',
}
const alphabets: Readonly<Record<string, string>> = {
  bold: 'bb',
  'bold-italic': 'bb',
  'double-struck': 'bbb',
  script: 'cc',
  'bold-script': 'cc',
  fraktur: 'fr',
  'bold-fraktur': 'fr',
  'sans-serif': 'sf',
  monospace: 'tt',
}
const names: ReadonlySet<string> = new Set(
  'sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh sech csch coth exp log ln det dim mod gcd lcm lub glb min max lim f g'.split(
    ' ',
  ),
)

/** What AsciiMath would take for something else. */
const literal: ReadonlySet<string> = new Set('@#&_`"\\')

const greek =
  'α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon ϕ phi φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega'
const others =
  "∑ sum ∏ prod ∫ int ∮ oint ∂ del ∇ grad ± +- ∅ O/ ∞ oo ℵ aleph ∴ :. ∵ :' ∠ /_ △ /_\\ … ... ⋯ cdots ⋮ vdots ⋱ ddots ⋅ * ∗ ** ⋆ *** × xx ⋉ |>< ⋊ ><| ⋈ |><| ÷ -: ∘ @ ⊕ o+ ⊗ ox ⊙ o. ∧ ^^ ⋀ ^^^ ∨ vv ⋁ vvv ∩ nn ⋂ nnn ∪ uu ⋃ uuu ≠ != ≤ <= ≥ >= ≺ -< ≻ >- ⪯ -<= ⪰ >-= ∈ in ∉ !in ⊂ sub ⊃ sup ⊆ sube ⊇ supe ≡ -= ≅ ~= ≈ ~~ ∝ prop ¬ not ⇒ => ⇔ iff ∀ AA ∃ EE ⊥ _|_ ⊤ TT ⊢ |-- ⊨ |== ↑ uarr ↓ darr → rarr ← larr ↔ harr ⇐ lArr ↦ |-> ⟨ (: ⟩ :) ⌊ |__ ⌋ __| ⌈ |~ ⌉ ~| − - ′ ' ⋄ diamond ◻ square"
const words: ReadonlyMap<string, string> = new Map(pairUp(`${greek} ${others}`.split(' ')))

function pairUp(list: readonly string[]): [string, string][] {
  return list.flatMap((word, at) => (at % 2 === 0 ? [[word, list[at + 1] ?? ''] as [string, string]] : []))
}

function write(node: MathNode): string {
  const { name, attributes, children } = node
  const [first, second, third] = children
  switch (name) {
    case 'mrow':
      return writeRow(children)
    case 'mfrac':
      if (attributes['linethickness'] === '0') return `{:(${inside(first)}),(${inside(second)}):}`
      return `${group(first)}/${group(second)}`
    case 'msqrt':
      return `sqrt(${inside(createRow(children))})`
    case 'mroot':
      return `root(${inside(second)})(${inside(first)})`
    case 'msub':
      return `${base(first)}_${group(second)}`
    case 'msup':
      return `${base(first)}^${group(second)}`
    case 'msubsup':
      return `${base(first)}_${group(second)}^${group(third)}`
    case 'munder':
      return writeStacked(first, { under: second })
    case 'mover':
      return writeStacked(first, { over: second })
    case 'munderover':
      return writeStacked(first, { under: second, over: third })
    case 'fenced':
      return writeFenced(node)
    case 'mtable':
      return `{:${writeCells(node)}:}`
    case 'menclose':
      return (attributes['notation'] ?? '').includes('strike')
        ? `cancel(${inside(createRow(children))})`
        : inside(createRow(children))
    case 'mphantom':
      return ''
    case 'mspace':
      return widthOf(node) >= 1.5 ? 'qquad' : widthOf(node) >= 0.9 ? 'quad' : ''
    default:
      return writeToken(node)
  }
}

const inside = (node: MathNode | undefined): string => (node ? writeRow(listRow(node)) : '')
function writeRow(nodes: readonly MathNode[]): string {
  const loose = findLooseBrackets(nodes)
  return nodes
    .map((node) => (loose.has(node) ? quote(node.text) : write(node)))
    .filter((part) => part !== '')
    .join(' ')
}

const quote = (text: string): string => `"${text.replace(/"/g, '\u201d').replace(/\u00a0/g, ' ')}"`

/** In brackets, which its reader takes away again. */
const group = (node: MathNode | undefined): string => {
  const written = inside(node)
  if (/^(?:[A-Za-z]|\d+)$/.test(written)) return written
  // A colon at a bracket would be another bracket.
  return /^[:|]|[:|]$/.test(written) ? `( ${written} )` : `(${written})`
}
const base = (node: MathNode | undefined): string => {
  if (!node || isEmpty(node)) return '{::}'
  return node.name === 'mrow' ? `{:${writeRow(node.children)}:}` : write(node)
}

function writeStacked(of: MathNode | undefined, { under, over }: Stacked): string {
  const [accent, accentUnder] = [findAccent(over, of), findAccent(under, of)]
  const inner = inside(of)
  if (accent !== undefined && !under) return `${accents[accent]}(${inner})`
  if (accentUnder === 'brace' && !over) return `ubrace(${inner})`
  if (accentUnder === 'bar' && !over) return `ul(${inner})`
  const isLimit = isBigOperator(of) || (of !== undefined && isFunctionName(of)) || /^[ou]brace/.test(inner)
  if (isLimit) return `${inner}${under ? `_${group(under)}` : ''}${over ? `^${group(over)}` : ''}`
  const low = under ? `underset(${inside(under)})(${inner})` : inner
  return over ? `overset(${inside(over)})(${low})` : low
}

function writeFenced(node: MathNode): string {
  const { open = '', close = '' } = node.attributes
  const matrix = findMatrix(node)
  const [left, right] = [fence(open, '{:'), fence(close, ':}')]
  if (matrix) return `${left}${writeCells(matrix)}${right}`
  return `${left} ${inside(node.children[0])} ${right}`
}

const fence = (mark: string, none: string): string => {
  if (mark === '') return none
  return mark === '∥' || mark === '‖' ? '||' : (words.get(mark) ?? mark)
}

const writeCells = (table: MathNode): string =>
  listCells(table)
    .map((cells) => `[${cells.map((cell) => inside(cell)).join(',')}]`)
    .join(',')

function writeToken(node: MathNode): string {
  const { name, text } = node
  if (text === '' || text === APPLY) return ''
  if (name === 'mtext') return quote(text)
  if (isFunctionName(node)) return names.has(spellName(node)) ? spellName(node) : `"${text}"`
  const written = name === 'mn' ? text : Array.from(text, spellSign).join(' ')
  const alphabet = alphabets[variantOf(node) ?? '']
  return alphabet === undefined ? written : `${alphabet}(${written})`
}

function spellSign(sign: string): string {
  if (sign === '/') return '//'
  return literal.has(sign) ? quote(sign) : (words.get(sign) ?? sign)
}
