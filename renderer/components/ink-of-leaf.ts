/** One character, or one line or drawing, of what is typeset. */
export type Leaf =
  | { readonly kind: 'character'; readonly text: string; readonly node: Text; readonly from: number }
  | { readonly kind: 'shape'; readonly text: string; readonly element: Element }

/** Lines of fractions, roots, accents and tables have no text. */
const SHAPES = 'svg, .frac-line, .overline-line, .underline-line, .hline, .hdashline, .vertical-separator'
/** Blanks, and those without width that hold a line open. */
const INVISIBLE = /[\s\u200b\u00a0\u2061-\u2064]/u

/** What is drawn in an element, in the order of its nodes. */
export function listLeaves(root: Element): Leaf[] {
  const leaves: Leaf[] = []
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      let from = 0
      for (const text of node.data) {
        if (!INVISIBLE.test(text)) leaves.push({ kind: 'character', text, node, from })
        from += text.length
      }
    } else if (node instanceof Element) {
      if (node.matches('.katex-mathml')) return
      if (node.matches(SHAPES)) leaves.push({ kind: 'shape', text: node.localName, element: node })
      else node.childNodes.forEach(visit)
    }
  }
  visit(root)
  return leaves
}

export function elementOf(leaf: Leaf): Element | null {
  return leaf.kind === 'shape' ? leaf.element : leaf.node.parentElement
}

type Metrics = {
  readonly ascent: number
  readonly descent: number
  readonly fontAscent: number
  readonly fontDescent: number
}
const measured = new Map<string, Metrics | undefined>()
const SIZE = 100

/** Heights of a character over and under its line, and those of its font, in ems. */
function measureCharacter(text: string, style: CSSStyleDeclaration): Metrics | undefined {
  const font = `${style.fontStyle} ${style.fontWeight} ${SIZE}px ${style.fontFamily}`
  const key = `${text} ${font}`
  if (measured.has(key)) return measured.get(key)
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = font
  const found = context?.measureText(text)
  const metrics = found && {
    ascent: found.actualBoundingBoxAscent / SIZE,
    descent: found.actualBoundingBoxDescent / SIZE,
    fontAscent: found.fontBoundingBoxAscent / SIZE,
    fontDescent: found.fontBoundingBoxDescent / SIZE,
  }
  measured.set(key, metrics)
  return metrics
}

/** Fonts that came later measure otherwise. */
export function forgetCharacters(): void {
  measured.clear()
}

/** Where the ink of a leaf is, in pixels of the window; undefined where it is not laid out. */
export function measureLeaf(leaf: Leaf): DOMRect | undefined {
  if (leaf.kind === 'shape') {
    // Roots and braces are drawn far too long and cut off by what holds them.
    const box = (leaf.element.closest('.hide-tail, .svg-align') ?? leaf.element).getBoundingClientRect()
    return box.width > 0 ? new DOMRect(box.x, box.y, box.width, Math.max(1, box.height)) : undefined
  }
  const range = document.createRange()
  range.setStart(leaf.node, leaf.from)
  range.setEnd(leaf.node, leaf.from + leaf.text.length)
  const box = range.getBoundingClientRect()
  const parent = leaf.node.parentElement
  if (box.width <= 0 || !parent) return undefined
  const style = getComputedStyle(parent)
  const metrics = measureCharacter(leaf.text, style)
  if (!metrics) return undefined
  const size = box.height / (metrics.fontAscent + metrics.fontDescent)
  const top = box.top + (metrics.fontAscent - metrics.ascent) * size
  return new DOMRect(box.left, top, box.width, Math.max(1, (metrics.ascent + metrics.descent) * size))
}
