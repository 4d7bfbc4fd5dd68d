import { measurePath } from '../outlines.ts'
import type { GlyphName, NameGlyph } from './name-glyphs.ts'
import { isArrowOfTwo, nameAssembly } from './name-assembly.ts'
import { applyMatrix, identity, multiply, parseTransform, type Matrix } from './matrix.ts'
import type { SignStyle } from './math-alphabets.ts'

/** Left, top, right and bottom of ink. */
export type SignBox = readonly [number, number, number, number]
/**
 * One visible symbol of a formula: the token of its shape, its ink in the SVG's outer coordinates, and the point at which one looks for it:
 * the middle, unless something else stands there (the surd of a root, the left edge of a frame).
 */
export type DrawnSign = {
  readonly token: string
  readonly style: SignStyle
  readonly box: SignBox
  readonly anchor: readonly [number, number]
}

type Piece = { readonly code: string; readonly box: SignBox }
type Node = {
  readonly name: string
  readonly parent: Node | undefined
  readonly matrix: Matrix
  readonly stroke: number
  /** Pieces of what MathML calls an operator, a letter, a number or a text. */
  readonly pieces: Piece[]
  hasExtender: boolean
}

const leaves = new Set(['mo', 'mi', 'mn', 'mtext', 'ms'])
const tags = /<(\/?)([a-z]+)((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>/g

/** Walks an SVG of MathJax, restyled or not. `undefined` when it shows something that the vocabulary has no token for. */
export function findSigns(svg: string, nameGlyph: NameGlyph): DrawnSign[] | undefined {
  const signs: DrawnSign[] = []
  const roots: { readonly surd: Piece[]; readonly depth: number }[] = []
  const stack: Node[] = []
  let nested = 0
  let isKnown = true
  const top = (): Node | undefined => stack.at(-1)
  const leafOf = (node: Node | undefined): Node | undefined =>
    node === undefined || leaves.has(node.name) ? node : leafOf(node.parent)

  const finishLeaf = (leaf: Node): void => {
    if (leaf.pieces.length === 0) return
    if (leaf.pieces.some(({ code }) => nameGlyph(code)?.token === '\\sqrt')) {
      roots.push({ surd: leaf.pieces, depth: stack.length })
      return
    }
    const isUnder = leaf.parent?.name === 'munder'
    const isAssembly = leaf.hasExtender || isArrowOfTwo(leaf.pieces)
    const assembly = nameAssembly(leaf.pieces, isAssembly)
    if (assembly !== undefined || isAssembly) {
      const [first] = leaf.pieces
      const name = assembly ?? nameGlyph(first?.code ?? '')?.token
      if (name === undefined) isKnown = false
      else
        add(
          { token: isUnder && name === '\\overline' ? '\\underline' : name, style: 'upright', count: 1 },
          unite(leaf.pieces),
        )
      return
    }
    for (const { code, box } of leaf.pieces) {
      const name = nameGlyph(code)
      if (!name) isKnown = false
      else add(isUnder && name.token === '\\overline' ? { ...name, token: '\\underline' } : name, box)
    }
  }
  const add = ({ token, style, count }: GlyphName, [left, upper, right, lower]: SignBox): void => {
    const width = (right - left) / count
    for (let at = 0; at < count; at += 1) {
      const box: SignBox = [left + at * width, upper, left + (at + 1) * width, lower]
      signs.push({ token, style, box, anchor: [(box[0] + box[2]) / 2, (upper + lower) / 2] })
    }
  }
  const addBar = (node: Node, box: SignBox, isFrame: boolean): void => {
    const [left, upper, right, lower] = box
    const root = node.name === 'g' ? undefined : roots.at(-1)
    if ((node.name === 'msqrt' || node.name === 'mroot') && root) {
      roots.pop()
      const [surd] = root.surd
      const whole = unite([...root.surd, { code: '', box }])
      const [l, t, r, b] = unite(root.surd)
      if (surd)
        signs.push({ token: '\\sqrt', style: 'upright', box: whole, anchor: [(l + r) / 2, (t + b) / 2] })
    } else if (node.name === 'mfrac') add({ token: '\\frac', style: 'upright', count: 1 }, box)
    else if (node.name === 'menclose' && isFrame)
      signs.push({ token: '\\boxed', style: 'upright', box, anchor: [left, (upper + lower) / 2] })
    // A line below is drawn like one across, only level.
    else if (node.name === 'menclose' && lower - upper < 0.2 * (right - left))
      add({ token: '\\underline', style: 'upright', count: 1 }, box)
    else if (node.name === 'menclose')
      signs.push({
        token: '\\cancel',
        style: 'upright',
        box,
        anchor: [left + 0.85 * (right - left), upper + 0.15 * (lower - upper)],
      })
    else if (node.name === 'mtable')
      add({ token: right - left > lower - upper ? '\\hline' : '|', style: 'upright', count: 1 }, box)
    else isKnown = false
  }

  for (const match of svg.matchAll(tags)) {
    const [, slash, name = '', attributes = '', isEmpty] = match
    const { index } = match
    if (name === 'svg') {
      if (slash) {
        nested -= 1
        continue
      }
      nested += 1
      const node = top()
      if (nested === 2 && node) {
        const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => readNumber(attributes, key))
        const leaf = leafOf(node)
        const code = / data-c="([^"]*)"/.exec(svg.slice(index, index + 200))?.[1] ?? ''
        if (leaf && x !== undefined && y !== undefined && width !== undefined && height !== undefined) {
          leaf.hasExtender = true
          leaf.pieces.push({
            code: `ext-${code}`,
            box: place(node.matrix, [x, y, x + width, y + height], node.stroke),
          })
        }
      }
      continue
    }
    if (nested > 1 || !['g', 'path', 'rect', 'line'].includes(name)) continue
    if (slash) {
      if (name === 'g') {
        const node = stack.pop()
        if (node && leaves.has(node.name)) finishLeaf(node)
      }
      continue
    }
    const parent = top()
    const own = parseTransform(/ transform="([^"]*)"/.exec(attributes)?.[1])
    const matrix = multiply(parent?.matrix ?? identity, own)
    const stroke = readNumber(attributes, 'stroke-width') ?? parent?.stroke ?? 0
    const kind = / data-mml-node="([^"]*)"/.exec(attributes)?.[1] ?? (parent?.name === 'g' ? 'g' : 'group')
    if (name === 'g') {
      const code = / data-c="([^"]*)"/.exec(attributes)?.[1]
      if (!isEmpty)
        stack.push({
          name: code === undefined ? kind : `glyph ${code}`,
          parent,
          matrix,
          stroke,
          pieces: [],
          hasExtender: false,
        })
      continue
    }
    if (!parent) continue
    if (name === 'path') {
      const code =
        / data-c="([^"]*)"/.exec(attributes)?.[1] ??
        (parent.name.startsWith('glyph ') ? parent.name.slice(6) : undefined)
      const d = / d="([^"]*)"/.exec(attributes)?.[1]
      const leaf = leafOf(parent)
      if (code === undefined || d === undefined || !leaf) continue
      const bounds = measurePath(d)
      if (!Number.isFinite(bounds.left)) continue
      leaf.pieces.push({
        code,
        box: place(matrix, [bounds.left, bounds.bottom, bounds.right, bounds.top], stroke),
      })
      continue
    }
    const owner = ownerOf(parent)
    if (!owner) continue
    if (name === 'rect') {
      const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((key) =>
        readNumber(attributes, key),
      )
      addBar(owner, place(matrix, [x, y, x + width, y + height], stroke), attributes.includes('fill="none"'))
    } else {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ['x1', 'y1', 'x2', 'y2'].map((key) =>
        readNumber(attributes, key),
      )
      const box: SignBox = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
      addBar(owner, place(matrix, box, Math.max(stroke, 60)), false)
    }
  }
  return isKnown && roots.length === 0 ? signs : undefined
}

/** The node of MathML that drew a bar: plain groups in between do not count. */
function ownerOf(node: Node | undefined): Node | undefined {
  return node === undefined || (node.name !== 'g' && node.name !== 'group') ? node : ownerOf(node.parent)
}

function readNumber(attributes: string, key: string): number | undefined {
  const text = new RegExp(`(?:^|\\s)${key}="(-?[\\d.]+)"`).exec(attributes)?.[1]
  return text === undefined ? undefined : Number(text)
}

function place(matrix: Matrix, [left, low, right, high]: SignBox, stroke: number): SignBox {
  const grown = stroke / 2
  const corners = [
    applyMatrix(matrix, left - grown, low - grown),
    applyMatrix(matrix, right + grown, low - grown),
    applyMatrix(matrix, left - grown, high + grown),
    applyMatrix(matrix, right + grown, high + grown),
  ]
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

function unite(pieces: readonly Piece[]): SignBox {
  return [
    Math.min(...pieces.map(({ box }) => box[0])),
    Math.min(...pieces.map(({ box }) => box[1])),
    Math.max(...pieces.map(({ box }) => box[2])),
    Math.max(...pieces.map(({ box }) => box[3])),
  ]
}
