import { measurePath } from '../outlines.ts'
import { applyMatrix, identity, multiply, parseTransform, type Matrix } from './matrix.ts'
import type { NameGlyph } from './name-glyphs.ts'
import { createCollector, type DrawnSign, type Piece, type SignBox } from './sign-collector.ts'

/** A group of the SVG with what it draws. */
export type SignGroup = {
  /** The MathML node that it draws, `glyph` for a redrawn one, or nothing for what only moves. */
  readonly name: string
  readonly children: readonly SignGroup[]
  /** The signs that it draws itself, by their places in the list. */
  readonly signs: readonly number[]
  /** How many glyphs come before each blank in it. */
  readonly blanks: readonly number[]
  /** Where it stands in the group around it, and in the whole. */
  readonly own: Matrix
  readonly matrix: Matrix
}

type Group = SignGroup & {
  readonly code: string | undefined
  readonly parent: Group | undefined
  readonly stroke: number
  readonly pieces: Piece[]
  readonly children: Group[]
  readonly signs: number[]
  readonly blanks: number[]
  hasExtender: boolean
}

export type FoundSigns = {
  readonly signs: readonly DrawnSign[]
  /** Code points of what the vocabulary has no token for. */
  readonly unknown: readonly string[]
  /** The outermost group; `undefined` where nothing is drawn. */
  readonly root: SignGroup | undefined
}

const leaves = new Set(['mo', 'mi', 'mn', 'mtext', 'ms'])
const tags = /<(\/?)(svg|g|path|rect|line)((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>/g
/** Thickness of the rules of tables, whose lines tell none. */
const ruleThickness = 60

const blankCodes = new Set(['20', 'A0'])

/** The signs of an SVG of MathJax, restyled or not, with the groups that draw them. */
export function findSigns(svg: string, nameGlyph: NameGlyph): FoundSigns {
  const collector = createCollector(nameGlyph)
  let top: Group | undefined
  let root: Group | undefined
  /** Gives a group the signs that came since there were so many. */
  const own = (group: Group, before: number): void => {
    for (let at = before; at < collector.signs.length; at += 1) group.signs.push(at)
  }
  /** Inner svg elements hold what is stretched between the ends of built signs, in coordinates of their own. */
  let nested = 0
  for (const match of svg.matchAll(tags)) {
    const [, slash, name = '', attributes = '', isEmpty] = match
    if (name === 'svg') {
      nested += slash ? -1 : 1
      if (!slash && nested === 2)
        addExtender(top, attributes, svg.slice(match.index, svg.indexOf('</svg>', match.index)))
    } else if (nested > 1) continue
    else if (name === 'g' && slash) {
      if (top && leaves.has(top.name)) {
        const before = collector.signs.length
        collector.addLeaf(top.pieces, top.hasExtender, findNode(top.parent)?.name ?? '')
        own(top, before)
      }
      top = top?.parent
    } else if (slash) continue
    else if (name === 'g') {
      if (isEmpty) continue
      const group = openGroup(top, attributes)
      top?.children.push(group)
      root ??= group
      top = group
    } else if (name === 'path') addPath(top, attributes)
    else {
      const owner = findNode(top)
      if (!top || !owner) continue
      const { matrix, stroke } = openGroup(top, attributes)
      const box = name === 'rect' ? readRectangle(attributes) : readLine(attributes)
      const thickness = name === 'rect' ? stroke : Math.max(stroke, ruleThickness)
      const before = collector.signs.length
      collector.addBar(owner.name, place(matrix, box, thickness), attributes.includes('fill="none"'))
      own(owner, before)
    }
  }
  return { signs: collector.signs, unknown: collector.unknown, root }
}

function openGroup(parent: Group | undefined, attributes: string): Group {
  const own = parseTransform(/ transform="([^"]*)"/.exec(attributes)?.[1])
  const code = / data-c="([^"]*)"/.exec(attributes)?.[1]
  return {
    name: / data-mml-node="([^"]*)"/.exec(attributes)?.[1] ?? (code === undefined ? '' : 'glyph'),
    code,
    parent,
    matrix: multiply(parent?.matrix ?? identity, own),
    stroke: readNumber(attributes, 'stroke-width') ?? parent?.stroke ?? 0,
    pieces: [],
    children: [],
    signs: [],
    blanks: [],
    own,
    hasExtender: false,
  }
}

/** What is stretched between the ends of a built sign: its ink as far as its window shows it. */
function addExtender(group: Group | undefined, attributes: string, markup: string): void {
  const leaf = findLeaf(group)
  const [, code = '', d = '', rest = ''] =
    /<path data-c="([^"]*)" d="([^"]*)"([^>]*)>/.exec(markup) ?? readRedrawn(markup)
  if (!group || !leaf || d === '') return
  leaf.hasExtender = true
  const [, window = ''] = / viewBox="([^"]*)"/.exec(attributes) ?? []
  const [left = 0, low = 0, width = 0, height = 0] = window.split(' ').map(Number)
  const [x, y] = readRectangle(attributes)
  const bounds = measurePath(d)
  const matrix = parseTransform(/ transform="([^"]*)"/.exec(rest)?.[1])
  const ink = place(matrix, [bounds.left, bounds.bottom, bounds.right, bounds.top], 0)
  const shown: SignBox = [
    Math.max(ink[0], left) - left + x,
    Math.max(ink[1], low) - low + y,
    Math.min(ink[2], left + width) - left + x,
    Math.min(ink[3], low + height) - low + y,
  ]
  leaf.pieces.push({ code: `ext-${code}`, box: place(group.matrix, shown, group.stroke) })
}

/** The code, the path and the attributes of a glyph that was redrawn in another hand: its group moves it, its own path is turned a little. */
function readRedrawn(markup: string): readonly string[] {
  const [whole = '', code = '', rest = ''] = /<g data-c="([^"]*)"([^>]*)>/.exec(markup) ?? []
  const [, d = ''] = / d="([^"]*)"/.exec(markup) ?? []
  return [whole, code, d, rest]
}

function addPath(group: Group | undefined, attributes: string): void {
  const leaf = findLeaf(group)
  const d = / d="([^"]*)"/.exec(attributes)?.[1]
  if (!group || !leaf || d === undefined) return
  const path = openGroup(group, attributes)
  const code = path.code ?? group.code
  const { left, bottom, right, top } = measurePath(d)
  if (code !== undefined && blankCodes.has(code)) leaf.blanks.push(leaf.pieces.length)
  if (code === undefined || !Number.isFinite(left)) return
  leaf.pieces.push({ code, box: place(path.matrix, [left, bottom, right, top], path.stroke) })
}

function findLeaf(group: Group | undefined): Group | undefined {
  return !group || leaves.has(group.name) ? group : findLeaf(group.parent)
}

/** The MathML node around: groups that only move do not count. */
function findNode(group: Group | undefined): Group | undefined {
  return group?.name !== '' ? group : findNode(group.parent)
}

function readNumber(attributes: string, key: string): number | undefined {
  const text = new RegExp(`(?:^|\\s)${key}="(-?[\\d.]+)"`).exec(attributes)?.[1]
  return text === undefined ? undefined : Number(text)
}

function readRectangle(attributes: string): SignBox {
  const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((key) =>
    readNumber(attributes, key),
  )
  return [x, y, x + width, y + height]
}

function readLine(attributes: string): SignBox {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ['x1', 'y1', 'x2', 'y2'].map((key) => readNumber(attributes, key))
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}

/** The box around where a rectangle with a stroke around it goes. */
function place(matrix: Matrix, [left, low, right, high]: SignBox, stroke: number): SignBox {
  const grown = stroke / 2
  const corners = [left - grown, right + grown].flatMap((x) =>
    [low - grown, high + grown].map((y) => applyMatrix(matrix, x, y)),
  )
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
