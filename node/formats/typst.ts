import { createRow, listRow, type MathNode } from './math-tree.ts'
import {
  APPLY,
  findAccent,
  findLooseBrackets,
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

/** What stands between the dollars of Typst. Signs are written as themselves: Typst takes them so. */
export function writeTypst(formula: MathNode): string {
  return isAlignment(formula) ? writeAlignment(formula) : writeRow(listRow(formula))
}

const accents: Readonly<Record<Accent, string>> = {
  hat: 'hat',
  tilde: 'tilde',
  bar: 'overline',
  vec: 'arrow',
  leftVec: 'arrow.l',
  bothVec: 'arrow.l.r',
  dot: 'dot',
  ddot: 'dot.double',
  dddot: 'dot.triple',
  breve: 'breve',
  check: 'caron',
  acute: 'acute',
  grave: 'grave',
  brace: 'overbrace',
}
const names: ReadonlySet<string> = new Set(
  (
    'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd inf ker lg lim liminf limsup ln log max min mod ' +
    'Pr sec sin sinh sup tan tanh'
  ).split(' '),
)
/** Those whose scripts are limits anyway. */
const limited: ReadonlySet<string> = new Set('det gcd inf lim liminf limsup max min Pr sup'.split(' '))
const alphabets: Readonly<Record<string, (letters: string) => string>> = {
  bold: (letters) => `bold(upright(${letters}))`,
  'bold-italic': (letters) => `bold(${letters})`,
  'double-struck': (letters) => `bb(${letters})`,
  script: (letters) => `cal(${letters})`,
  'bold-script': (letters) => `bold(cal(${letters}))`,
  fraktur: (letters) => `frak(${letters})`,
  'bold-fraktur': (letters) => `bold(frak(${letters}))`,
  'sans-serif': (letters) => `sans(${letters})`,
  monospace: (letters) => `mono(${letters})`,
  normal: (letters) => `upright(${letters})`,
}

function write(node: MathNode): string {
  const { name, attributes, children } = node
  const [first, second, third] = children
  const argument = (child: MathNode | undefined) => (child ? writeRow(listRow(child)) : '')
  switch (name) {
    case 'mrow':
      return writeRow(children)
    case 'mfrac':
      if (attributes['linethickness'] === '0')
        return `mat(delim: #none, ${argument(first)}; ${argument(second)})`
      return `frac(${argument(first)}, ${argument(second)})`
    case 'msqrt':
      return `sqrt(${children.map(argument).join(' ')})`
    case 'mroot':
      return `root(${argument(second)}, ${argument(first)})`
    case 'msub':
      return `${writeBase(first)}_${group(second)}`
    case 'msup':
      return `${writeBase(first)}^${group(second)}`
    case 'msubsup':
      return `${writeBase(first)}_${group(second)}^${group(third)}`
    case 'munder':
      return writeStacked(first, { under: second })
    case 'mover':
      return writeStacked(first, { over: second })
    case 'munderover':
      return writeStacked(first, { under: second, over: third })
    case 'fenced':
      return `lr(${writeFence(attributes['open'])} ${argument(first)} ${writeFence(attributes['close'])})`
    case 'mtable':
      return writeTable(node)
    case 'menclose':
      return writeEnclosed(node)
    case 'mphantom':
      return `#hide($${children.map(argument).join(' ')}$)`
    case 'mspace':
      return widthOf(node) >= 1.5 ? 'wide' : widthOf(node) >= 0.9 ? 'quad' : ''
    default:
      return writeToken(node)
  }
}

function writeRow(nodes: readonly MathNode[]): string {
  const loose = findLooseBrackets(nodes)
  return nodes
    .map((node) => (loose.has(node) ? `\\${node.text}` : write(node)))
    .filter((part) => part !== '')
    .join(' ')
}

const writeBase = (node: MathNode | undefined): string => {
  if (!node || isEmpty(node)) return '""'
  if (node.name === 'mo' && '()[]{}⟨⟩⌊⌋⌈⌉'.includes(node.text)) return `\\${node.text}`
  return node.name === 'mrow' ? `(${writeRow(node.children)})` : write(node)
}

/** What a script holds: in brackets, unless it is one letter or one number. */
function group(node: MathNode | undefined): string {
  if (!node) return '""'
  const written = writeRow(listRow(node))
  return /^(?:[A-Za-z]|\d+|prime)$/.test(written) ? written : `(${written})`
}

function writeStacked(base: MathNode | undefined, { under, over }: Stacked): string {
  const [accent, accentUnder] = [findAccent(over, base), findAccent(under, base)]
  const inner = base ? writeRow(listRow(base)) : ''
  if (accent !== undefined && !under) return `${accents[accent]}(${inner})`
  if (accentUnder === 'brace' && !over) return `underbrace(${inner})`
  if (accentUnder === 'bar' && !over) return `underline(${inner})`
  const scripts = `${under ? `_${group(under)}` : ''}${over ? `^${group(over)}` : ''}`
  if (isBigOperator(base) || limited.has(inner)) return `${inner}${scripts}`
  if (base?.name === 'mo' && /^[←→↔⇐⇒⇔]$/.test(base.text)) return `stretch(${inner})${scripts}`
  return `limits(${inner})${scripts}`
}

/** Escaped, so that no partner is looked for; `lr` draws it as high as what it holds all the same. */
const writeFence = (mark = ''): string => (mark === '' ? '' : `\\${mark}`)

function writeTable(table: MathNode): string {
  const rows = listCells(table).map((cells) =>
    cells.map((cell) => writeRow(listRow(cell)) || '""').join(', '),
  )
  const { columnalign = '', columnlines = '', rowlines = '' } = table.attributes
  const columns = new Set(columnalign.split(' '))
  const [only] = columns.size === 1 ? columns : []
  const align = only === 'left' || only === 'right' ? `align: #${only}, ` : ''
  const solid = (lines: string) =>
    lines
      .split(' ')
      .flatMap((line, index) => (line === 'solid' || line === 'dashed' ? [`${index + 1},`] : []))
  const [vertical, horizontal] = [solid(columnlines), solid(rowlines)]
  const lines = [
    ...(horizontal.length > 0 ? [`hline: (${horizontal.join(' ')})`] : []),
    ...(vertical.length > 0 ? [`vline: (${vertical.join(' ')})`] : []),
  ]
  const augment = lines.length > 0 ? `augment: #(${lines.join(', ')}), ` : ''
  return `mat(delim: #none, ${align}${augment}${rows.join('; ')})`
}

/** `aligned` and its like by themselves: lines that are aligned, not a matrix. */
const isAlignment = ({ name, attributes }: MathNode): boolean =>
  name === 'mtable' && (attributes['columnalign'] ?? '').startsWith('right left')

const writeAlignment = (table: MathNode): string =>
  listCells(table)
    .map((cells) => cells.map((cell) => writeRow(listRow(cell))).join(' & '))
    .join(' \\\n')

function writeEnclosed({ attributes, children }: MathNode): string {
  const inner = writeRow(listRow(createRow(children)))
  const notation = attributes['notation'] ?? ''
  if (notation.includes('box')) return `#box(stroke: 0.5pt, inset: 3pt, $${inner}$)`
  if (notation.includes('diagonalstrike')) {
    if (/up.*down/.test(notation)) return `cancel(cross: #true, ${inner})`
    return notation.includes('down') ? `cancel(inverted: #true, ${inner})` : `cancel(${inner})`
  }
  return inner
}

function writeToken(node: MathNode): string {
  const { name, text } = node
  if (text === '' || text === APPLY) return ''
  if (name === 'mtext') return `"${text.replace(/["\\]/g, '\\$&').replace(/[\s\u00a0]+/g, ' ')}"`
  if (isFunctionName(node)) return names.has(spellName(node)) ? spellName(node) : `op("${text}")`
  const written = name === 'mn' ? text.replace(/,/g, '\\,') : Array.from(text, escapeSign).join(' ')
  const variant = variantOf(node)
  return variant === undefined || !/[\p{L}\p{N}]/u.test(text)
    ? written
    : (alphabets[variant]?.(written) ?? written)
}

const named: Readonly<Record<string, string>> = { '\u2015': 'macron', '\u2032': 'prime' }

const escapeSign = (sign: string): string =>
  named[sign] ?? (/[\\$#"_^&/,;:@`*~']/.test(sign) ? `\\${sign}` : sign)
