import { createRow, listRow, type MathNode } from './math-tree.ts'
import {
  APPLY,
  combiningMarks,
  findAccent,
  findMatrix,
  isBigOperator,
  isEmpty,
  isFunctionName,
  listCells,
  spellLetters,
  widthOf,
  type Stacked,
} from './math-signs.ts'

/** A formula in plain text, on a line for each of its own, as one would type it in a message: `x² + (a + b)/c = ∑_(i = 1)^n aᵢ`. */
export function writeUnicodeText(formula: MathNode): string {
  if (formula.name !== 'mtable') return tidy(inside(formula))
  return listCells(formula)
    .map((cells) => tidy(writeRow(cells.flatMap(listRow))))
    .join('\n')
}

const tidy = (line: string): string => line.replace(/\s+/g, ' ').trim()

const raised: ReadonlyMap<string, string> = pairUp(
  '0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιϕφχ′*∗',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᵠᵠᵡ′**',
)
const lowered: ReadonlyMap<string, string> = pairUp(
  '0123456789+−-=()aehijklmnoprstuvxβγρφϕχ',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ',
)

function pairUp(plain: string, written: string): ReadonlyMap<string, string> {
  const signs = Array.from(written)
  return new Map(Array.from(plain, (sign, at) => [sign, signs[at] ?? sign]))
}

function write(node: MathNode): string {
  const { name, attributes, children } = node
  const [first, second, third] = children
  switch (name) {
    case 'mrow':
      return writeRow(children)
    case 'mfrac':
      return attributes['linethickness'] === '0'
        ? `${inside(first)} ¦ ${inside(second)}`
        : `${group(first)}/${group(second)}`
    case 'msqrt':
      return `√${group(createRow(children))}`
    case 'mroot':
      return `${writeIndex(inside(second))}${group(first)}`
    case 'msub':
      return `${base(first)}${script('_', second)}`
    case 'msup':
      return `${base(first)}${script('^', second)}`
    case 'msubsup':
      return `${base(first)}${script('_', second)}${script('^', third)}`
    case 'munder':
      return writeStacked(first, { under: second })
    case 'mover':
      return writeStacked(first, { over: second })
    case 'munderover':
      return writeStacked(first, { under: second, over: third })
    case 'fenced':
      return writeFenced(node)
    case 'mtable':
      return writeCells(node)
    case 'menclose':
      return (attributes['notation'] ?? '').includes('strike')
        ? overEach(inside(createRow(children)), '\u0338')
        : `[${inside(createRow(children))}]`
    case 'mphantom':
      return ''
    case 'mspace':
      return widthOf(node) >= 0.9 ? '  ' : ''
    default:
      return writeToken(node)
  }
}

const inside = (node: MathNode | undefined): string => (node ? writeRow(listRow(node)).trim() : '')

/** Relations and operators have air, as in print. */
function writeRow(nodes: readonly MathNode[]): string {
  return nodes
    .map((node, at) => {
      const written = write(node)
      const isSign = /^[+−±∓-]$/.test(node.text) && (at === 0 || nodes[at - 1]?.name === 'mo')
      if (node.name === 'mo' && isSpaced(node.text) && !isSign) return ` ${written} `
      if (isFunctionName(node)) return `${at > 0 ? ' ' : ''}${written} `
      return written
    })
    .join('')
    .replace(/ +\(/g, (found, at: number, all: string) => (/\p{L}$/u.test(all.slice(0, at)) ? '(' : found))
}

const isSpaced = (text: string): boolean =>
  /^[^\p{L}\p{N}\s()[\]{}|∣∥‖⟨⟩⌊⌋⌈⌉.,;:!′'∑∏∐∫∬∭∮∞∂∇/¬∠△√\u2061⋃⋂⋁⋀]+$/u.test(text)

const group = (node: MathNode | undefined): string => {
  const written = inside(node)
  return isOne(written) ? written : `(${written})`
}
const base = (node: MathNode | undefined): string => {
  if (!node || isEmpty(node)) return ''
  return node.name === 'mrow' ? group(node) : write(node).trim()
}
/** One letter with what stands over it, one number, or something in brackets already. */
const isOne = (text: string): boolean => /^(?:\p{L}\p{M}*|[\d.]+|\([^()]*\)|[^\s\p{L}\d])$/u.test(text)

function script(mark: '_' | '^', node: MathNode | undefined): string {
  const written = inside(node)
  const signs = Array.from(written.replace(/ /g, ''))
  const known = mark === '^' ? raised : lowered
  if (signs.length > 0 && signs.every((sign) => known.has(sign)))
    return signs.map((sign) => known.get(sign) ?? '').join('')
  return `${mark}${isOne(written) ? written : `(${written})`}`
}

const writeIndex = (index: string): string =>
  ({ '3': '∛', '4': '∜' })[index] ?? `${Array.from(index, (sign) => raised.get(sign) ?? sign).join('')}√`

function writeStacked(of: MathNode | undefined, { under, over }: Stacked): string {
  const [accent, accentUnder] = [findAccent(over, of), findAccent(under, of)]
  const inner = inside(of)
  if (accent === 'brace' || accentUnder === 'brace') return inner
  if (accent !== undefined && !under) return overEach(inner, combiningMarks[accent])
  if (accentUnder === 'bar' && !over) return overEach(inner, '\u0332')
  const isLimit = isBigOperator(of) || (of !== undefined && isFunctionName(of))
  const low = under ? `_(${inside(under)})` : ''
  const high = over ? `^(${inside(over)})` : ''
  return isLimit
    ? `${inner}${under ? script('_', under) : ''}${over ? script('^', over) : ''} `
    : `${group(of)}${low}${high}`
}

/** Over or under each letter and number. */
const overEach = (text: string, mark: string): string => text.replace(/[\p{L}\p{N}]\p{M}*/gu, `$&${mark}`)

function writeFenced(node: MathNode): string {
  const { open = '', close = '' } = node.attributes
  const matrix = findMatrix(node)
  const content = matrix ? writeRows(matrix) : inside(node.children[0])
  return `${open}${content}${close}`
}

const writeCells = (table: MathNode): string => `[${writeRows(table)}]`
const writeRows = (table: MathNode): string =>
  listCells(table)
    .map((cells) => cells.map(inside).join(', '))
    .join('; ')

function writeToken(node: MathNode): string {
  const { text } = node
  if (text === APPLY) return ' '
  return spellLetters(node).replace(/[\u00a0\u2006]/g, ' ')
}
