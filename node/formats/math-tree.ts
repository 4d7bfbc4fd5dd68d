/**
 * A formula as presentation MathML, in plain data and without what only MathJax needs: every row with one thing in it is that thing,
 * `\left … \right` is a `fenced`, sizes and paddings are gone. Whatever is written of a formula besides LaTeX is written from this.
 */
export type MathNode = {
  /** An element of MathML, or `fenced`. */
  readonly name: string
  /** `open` and `close` of a `fenced`; else attributes of MathML. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly MathNode[]
  /** Of a token element; else empty. */
  readonly text: string
}

/** What is used of a node of MathJax's own tree. */
export type SourceNode = {
  readonly kind: string
  readonly childNodes: readonly (SourceNode | null)[]
  readonly texClass: number | null
  readonly attributes?: { getAllAttributes(): Readonly<Record<string, unknown>> }
  getProperty(name: string): unknown
}

const rows: ReadonlySet<string> = new Set([
  'math',
  'mrow',
  'inferredMrow',
  'TeXAtom',
  'mstyle',
  'mpadded',
  'semantics',
])
const tokens: ReadonlySet<string> = new Set(['mi', 'mn', 'mo', 'mtext', 'ms'])
const kept: ReadonlySet<string> = new Set([
  'mathvariant',
  'linethickness',
  'notation',
  'columnalign',
  'columnlines',
  'rowlines',
  'frame',
  'width',
  'accent',
  'accentunder',
  'stretchy',
  'movablelimits',
])
/** MathJax's class of `\left … \right`. */
const INNER = 7

export const createRow = (children: readonly MathNode[]): MathNode =>
  children.length === 1 && children[0] ? children[0] : { name: 'mrow', attributes: {}, children, text: '' }

/** The nodes of a row, one after the other; of anything else itself. */
export const listRow = (node: MathNode): readonly MathNode[] =>
  node.name === 'mrow' ? node.children : [node]

export function toMathTree(node: SourceNode): MathNode {
  return createRow(toNodes(node))
}

function toNodes(node: SourceNode | null): MathNode[] {
  if (!node) return []
  const { kind } = node
  if (rows.has(kind)) return toRow(node)
  if (tokens.has(kind)) return toToken(node)
  if (kind === 'none') return [createRow([])]
  if (kind === 'mspace' && !/[1-9]/.test(readAttributes(node)['width'] ?? '')) return []
  const children = node.childNodes.map((child) => createRow(toNodes(child)))
  return [{ name: kind, attributes: readAttributes(node), children, text: '' }]
}

function toRow(node: SourceNode): MathNode[] {
  const children = node.childNodes.flatMap(toNodes)
  const [first, last] = [children[0], children.at(-1)]
  if (
    node.texClass === INNER &&
    node.getProperty('open') !== undefined &&
    first &&
    last &&
    children.length >= 2
  )
    return [
      {
        name: 'fenced',
        attributes: { open: first.text, close: last.text },
        children: [createRow(children.slice(1, -1))],
        text: '',
      },
    ]
  // What stands in braces stays together, so that a script has the whole of it.
  return kindOfGroup(node) && children.length > 1 ? [createRow(children)] : children
}

const kindOfGroup = ({ kind }: SourceNode) => kind === 'TeXAtom' || kind === 'mpadded'

function toToken(node: SourceNode): MathNode[] {
  const text = readText(node)
  const attributes = readAttributes(node)
  // An empty sign keeps its place only where it is a delimiter that is not there.
  return text === '' && node.kind !== 'mo' ? [] : [{ name: node.kind, attributes, children: [], text }]
}

function readText({ childNodes }: SourceNode): string {
  return childNodes
    .map((child) => (child as unknown as { getText?: () => string } | null)?.getText?.() ?? '')
    .join('')
}

function readAttributes({ attributes }: SourceNode): Record<string, string> {
  const entries = Object.entries(attributes?.getAllAttributes() ?? {})
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (kept.has(name) ? [[name, String(value)] as const] : [])),
  )
}
