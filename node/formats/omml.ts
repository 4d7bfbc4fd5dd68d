import { createRow, listRow, type MathNode } from './math-tree.ts'
import {
  APPLY,
  combiningMarks,
  findAccent,
  isBigOperator,
  isEmpty,
  isFunctionName,
  listCells,
  variantOf,
  widthOf,
} from './math-signs.ts'
import { escapeXml } from './mathml.ts'

/** A formula in Office Math (ECMA-376, part 1, chapter 22.1): `m:oMath` without its namespace, which the document declares. */
export function writeOmml(formula: MathNode): string {
  return `<m:oMath>${writeRow(listRow(formula))}</m:oMath>`
}

function writeRow(nodes: readonly MathNode[]): string {
  let written = ''
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at]
    if (!node) continue
    const operator = readOperator(node)
    if (operator) {
      const end = findOperandEnd(nodes, at + 1)
      written += writeOperator(operator, writeRow(nodes.slice(at + 1, end)))
      at = end - 1
    } else written += write(node)
  }
  return written
}

type Operator = {
  readonly sign: string
  readonly under?: MathNode | undefined
  readonly over?: MathNode | undefined
  readonly hasLimits: boolean
}

/** A sum or an integral with what stands at it; Office keeps what it acts on inside of it. */
function readOperator({ name, children }: MathNode): Operator | undefined {
  const [base, second, third] = children
  if (!base || !isBigOperator(base)) return undefined
  const sign = base.text
  switch (name) {
    case 'munderover':
    case 'msubsup':
      return { sign, under: second, over: third, hasLimits: name === 'munderover' }
    case 'munder':
    case 'msub':
      return { sign, under: second, hasLimits: name === 'munder' }
    case 'mover':
    case 'msup':
      return { sign, over: second, hasLimits: name === 'mover' }
    default:
      return undefined
  }
}

/** Up to the next sign that is no part of a product: `+`, `=`, a comma, a closing bracket. */
function findOperandEnd(nodes: readonly MathNode[], start: number): number {
  let depth = 0
  for (let at = start; at < nodes.length; at += 1) {
    const node = nodes[at]
    if (node?.name !== 'mo') continue
    if ('([{⟨⌊⌈'.includes(node.text) && node.text !== '') depth += 1
    else if (')]}⟩⌋⌉'.includes(node.text) && node.text !== '') {
      depth -= 1
      if (depth < 0) return at
    } else if (depth === 0 && at > start && !/^[⋅×·∘!′|\u2061/∑∏∫∬∭∮]?$/.test(node.text)) return at
  }
  return nodes.length
}

function writeOperator({ sign, under, over, hasLimits }: Operator, operand: string): string {
  const hide = (name: string, node: MathNode | undefined) => (node ? '' : `<m:${name}Hide m:val="1"/>`)
  const place = `<m:limLoc m:val="${hasLimits ? 'undOvr' : 'subSup'}"/>`
  const properties = `<m:chr m:val="${sign}"/>${place}${hide('sub', under)}${hide('sup', over)}`
  return `<m:nary><m:naryPr>${properties}</m:naryPr>${part('sub', under)}${part('sup', over)}<m:e>${operand}</m:e></m:nary>`
}

const inside = (node: MathNode | undefined): string => (node ? writeRow(listRow(node)) : '')
const part = (name: string, node: MathNode | undefined): string => `<m:${name}>${inside(node)}</m:${name}>`
const base = (node: MathNode | undefined): string => part('e', node && !isEmpty(node) ? node : undefined)

function write(node: MathNode): string {
  const { name, attributes, children } = node
  const [first, second, third] = children
  switch (name) {
    case 'mrow':
      return writeRow(children)
    case 'mfrac': {
      const type = attributes['linethickness'] === '0' ? '<m:fPr><m:type m:val="noBar"/></m:fPr>' : ''
      return `<m:f>${type}${part('num', first)}${part('den', second)}</m:f>`
    }
    case 'msqrt':
      return `<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>${part('e', createRow(children))}</m:rad>`
    case 'mroot':
      return `<m:rad>${part('deg', second)}${base(first)}</m:rad>`
    case 'msub':
      return `<m:sSub>${base(first)}${part('sub', second)}</m:sSub>`
    case 'msup':
      return `<m:sSup>${base(first)}${part('sup', second)}</m:sSup>`
    case 'msubsup':
      return `<m:sSubSup>${base(first)}${part('sub', second)}${part('sup', third)}</m:sSubSup>`
    case 'munder':
      return writeUnder(first, second)
    case 'mover':
      return writeOver(first, second)
    case 'munderover': {
      const low = { ...node, name: 'munder', children: children.slice(0, 2) }
      return `<m:limUpp><m:e>${write(low)}</m:e>${part('lim', third)}</m:limUpp>`
    }
    case 'fenced': {
      const { open = '', close = '' } = attributes
      const properties = `<m:begChr m:val="${escapeXml(open)}"/><m:endChr m:val="${escapeXml(close)}"/>`
      return `<m:d><m:dPr>${properties}</m:dPr>${part('e', first)}</m:d>`
    }
    case 'mtable':
      return writeTable(node)
    case 'menclose':
      return writeEnclosed(node)
    case 'mphantom':
      return `<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr>${part('e', createRow(children))}</m:phant>`
    case 'mspace':
      return widthOf(node) >= 0.9 ? run('\u2003'.repeat(Math.round(widthOf(node)))) : ''
    default:
      return writeToken(node)
  }
}

function writeOver(of: MathNode | undefined, mark: MathNode | undefined): string {
  const accent = findAccent(mark, of)
  if (accent === 'bar') return `<m:bar><m:barPr><m:pos m:val="top"/></m:barPr>${part('e', of)}</m:bar>`
  if (accent === 'brace') return writeBrace(of, '⏞', 'top')
  if (accent !== undefined)
    return `<m:acc><m:accPr><m:chr m:val="${combiningMarks[accent]}"/></m:accPr>${part('e', of)}</m:acc>`
  return `<m:limUpp>${part('e', of)}${part('lim', mark)}</m:limUpp>`
}

function writeUnder(of: MathNode | undefined, mark: MathNode | undefined): string {
  const accent = findAccent(mark, of)
  if (accent === 'bar') return `<m:bar><m:barPr><m:pos m:val="bot"/></m:barPr>${part('e', of)}</m:bar>`
  if (accent === 'brace') return writeBrace(of, '⏟', 'bot')
  return `<m:limLow>${part('e', of)}${part('lim', mark)}</m:limLow>`
}

function writeBrace(of: MathNode | undefined, sign: string, place: 'top' | 'bot'): string {
  const align = place === 'top' ? 'bot' : 'top'
  const properties = `<m:chr m:val="${sign}"/><m:pos m:val="${place}"/><m:vertJc m:val="${align}"/>`
  return `<m:groupChr><m:groupChrPr>${properties}</m:groupChrPr>${part('e', of)}</m:groupChr>`
}

/** Lines between cells are left out: Office has none in a matrix. */
function writeTable(table: MathNode): string {
  const rows = listCells(table)
  const aligns = (table.attributes['columnalign'] ?? '').split(' ')
  const count = Math.max(1, ...rows.map((cells) => cells.length))
  const columns = Array.from({ length: count }, (_, at) => {
    const align = aligns[Math.min(at, aligns.length - 1)] ?? ''
    const side = align === 'left' || align === 'right' ? align : 'center'
    return `<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="${side}"/></m:mcPr></m:mc>`
  })
  const written = rows.map((cells) => {
    const all = Array.from({ length: count }, (_, at) => part('e', cells[at]))
    return `<m:mr>${all.join('')}</m:mr>`
  })
  return `<m:m><m:mPr><m:plcHide m:val="1"/><m:mcs>${columns.join('')}</m:mcs></m:mPr>${written.join('')}</m:m>`
}

function writeEnclosed({ attributes, children }: MathNode): string {
  const notation = attributes['notation'] ?? ''
  const isBox = notation.includes('box')
  const sides = isBox
    ? ''
    : ['Top', 'Bot', 'Left', 'Right'].map((side) => `<m:hide${side} m:val="1"/>`).join('')
  const strikes = [
    notation.includes('updiagonal') ? '<m:strikeBLTR m:val="1"/>' : '',
    notation.includes('downdiagonal') ? '<m:strikeTLBR m:val="1"/>' : '',
  ]
  return `<m:borderBox><m:borderBoxPr>${sides}${strikes.join('')}</m:borderBoxPr>${part('e', createRow(children))}</m:borderBox>`
}

/** Script and style of a letter; its alphabet is named, the letter is the plain one. */
const styles: Readonly<Record<string, string>> = {
  normal: '<m:sty m:val="p"/>',
  bold: '<m:sty m:val="b"/>',
  'bold-italic': '<m:sty m:val="bi"/>',
  'double-struck': '<m:scr m:val="double-struck"/><m:sty m:val="p"/>',
  script: '<m:scr m:val="script"/><m:sty m:val="p"/>',
  'bold-script': '<m:scr m:val="script"/><m:sty m:val="b"/>',
  fraktur: '<m:scr m:val="fraktur"/><m:sty m:val="p"/>',
  'bold-fraktur': '<m:scr m:val="fraktur"/><m:sty m:val="b"/>',
  'sans-serif': '<m:scr m:val="sans-serif"/><m:sty m:val="p"/>',
  monospace: '<m:scr m:val="monospace"/><m:sty m:val="p"/>',
}

function writeToken(node: MathNode): string {
  const { name, text } = node
  if (text === '' || text === APPLY) return ''
  if (name === 'mtext') return run(text, '<m:nor/>')
  if (isFunctionName(node)) return run(text.replace(/\u2006/g, ' '), styles['normal'])
  return run(text, styles[variantOf(node) ?? ''])
}

const run = (text: string, style = ''): string =>
  `<m:r>${style === '' ? '' : `<m:rPr>${style}</m:rPr>`}<m:t xml:space="preserve">${escapeXml(text)}</m:t></m:r>`
