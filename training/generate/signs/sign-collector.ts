import type { SignStyle } from './math-alphabets.ts'
import { isArrowOfTwo, nameAssembly } from './name-assembly.ts'
import type { GlyphName, NameGlyph } from './name-glyphs.ts'

/** Left, top, right and bottom of ink, y downwards. */
export type SignBox = readonly [number, number, number, number]

/**
 * One visible symbol of a formula: the token of its shape, its ink in the SVG's outer coordinates, and the point at which one looks for it:
 * the middle, unless something else stands there (the surd of a root, the left edge of a frame) or is far away (near the left end of a long bar). Built brackets, roots with their bars, braces
 * and arrows over something are one sign each; bars of fractions, rules and frames are signs; letters of names and words are single signs.
 */
export type DrawnSign = {
  readonly token: string
  readonly style: SignStyle
  readonly box: SignBox
  readonly anchor: readonly [number, number]
}

/** A glyph, or a part of a built one (`ext-` before the code of what is stretched between its ends). */
export type Piece = { readonly code: string; readonly box: SignBox }

/** Makes signs of what MathJax draws, in the order of drawing. */
export type SignCollector = {
  readonly signs: readonly DrawnSign[]
  /** Glyphs and bars that no token is known for. */
  readonly unknown: readonly string[]
  /** A letter, an operator, a number or a text: its pieces, and the node of MathML that it is in. */
  addLeaf: (pieces: readonly Piece[], hasExtender: boolean, parent: string) => void
  /** A bar or a frame that the MathML node `owner` drew. */
  addBar: (owner: string, box: SignBox, isFrame: boolean) => void
}

export function createCollector(nameGlyph: NameGlyph): SignCollector {
  const signs: DrawnSign[] = []
  const unknown: string[] = []
  /** Surds whose bars have not come yet. */
  const surds: SignBox[] = []

  const add = ({ token, style, count }: GlyphName, [left, top, right, bottom]: SignBox): void => {
    const width = (right - left) / count
    for (let at = 0; at < count; at += 1) {
      const box: SignBox = [left + at * width, top, left + (at + 1) * width, bottom]
      signs.push({ token, style, box, anchor: isBar(box) ? [box[0] + barEnd, middle(box)[1]] : middle(box) })
    }
  }
  const addPlain = (token: string, box: SignBox) => add({ token, style: 'upright', count: 1 }, box)

  const addLeaf: SignCollector['addLeaf'] = (pieces, hasExtender, parent) => {
    const [first] = pieces
    if (!first) return
    if (pieces.some(({ code }) => nameGlyph(code)?.token === '\\sqrt')) {
      surds.push(unite(pieces.map(({ box }) => box)))
      return
    }
    const lower = (token: string) => (parent === 'munder' && token === '\\overline' ? '\\underline' : token)
    const isBuilt = hasExtender || isArrowOfTwo(pieces)
    const built = nameAssembly(pieces, isBuilt) ?? (isBuilt ? nameGlyph(first.code)?.token : undefined)
    if (built !== undefined) addPlain(lower(built), unite(pieces.map(({ box }) => box)))
    else if (isBuilt) unknown.push(first.code)
    else
      for (const { code, box } of pieces) {
        const name = nameGlyph(code)
        if (name) add({ ...name, token: lower(name.token) }, box)
        else unknown.push(code)
      }
  }

  const addBar: SignCollector['addBar'] = (owner, box, isFrame) => {
    const [left, top, right, bottom] = box
    const surd = owner === 'msqrt' || owner === 'mroot' ? surds.pop() : undefined
    const isLevel = bottom - top < 0.2 * (right - left)
    if (surd) signs.push({ token: '\\sqrt', style: 'upright', box: unite([surd, box]), anchor: middle(surd) })
    else if (owner === 'mfrac') addPlain('\\frac', box)
    else if (owner === 'mtable') addPlain(isLevel ? '\\hline' : '|', box)
    else if (owner !== 'menclose') unknown.push(owner)
    else if (isFrame)
      signs.push({ token: '\\boxed', style: 'upright', box, anchor: [left, (top + bottom) / 2] })
    else if (isLevel) addPlain('\\underline', box)
    else {
      const anchor = [left + 0.85 * (right - left), top + 0.15 * (bottom - top)] as const
      signs.push({ token: '\\cancel', style: 'upright', box, anchor })
    }
  }
  return { signs, unknown, addLeaf, addBar }
}

/** Where one looks for a long bar, from its left end: nobody sees its middle without seeing both ends. */
const barEnd = 500

function isBar([left, top, right, bottom]: SignBox): boolean {
  return right - left > 2 * barEnd && bottom - top < 0.12 * (right - left)
}

function middle([left, top, right, bottom]: SignBox): readonly [number, number] {
  return [(left + right) / 2, (top + bottom) / 2]
}

function unite(boxes: readonly SignBox[]): SignBox {
  return [
    Math.min(...boxes.map(([left]) => left)),
    Math.min(...boxes.map(([, top]) => top)),
    Math.max(...boxes.map(([, , right]) => right)),
    Math.max(...boxes.map(([, , , bottom]) => bottom)),
  ]
}
