import { locateDrawn, type SourceRange } from '../../shared/latex/place-in-source.ts'
import { elementOf, listLeaves, measureLeaf, type Leaf } from './ink-of-leaf.ts'
import { typesetApart } from './math-error.ts'
import { colourTokens, tokenOfColour } from './shadow-source.ts'

/** How often a formula is typeset again to find what can be told apart. */
const MOST_TRIES = 12

type Owned = SourceRange & { readonly leaf: Leaf }

/**
 * Where stretches of LaTeX are drawn in what LatexView shows of it, in pixels of the window; undefined for what is not found. Nothing of
 * what is shown is touched: the source is typeset a second time, unseen, with a colour for each token, and compared piece by piece.
 */
export function measureRanges(
  view: Element,
  latex: string,
  ranges: readonly SourceRange[],
): (DOMRect | undefined)[] {
  const owned = [...view.querySelectorAll<HTMLElement>('[data-from]')].flatMap((part) => {
    const [from, to] = [Number(part.dataset['from']), Number(part.dataset['to'])]
    // Where the source stands in place of the formula there is nothing to find.
    if (part.matches('.math-source')) return []
    return part.matches('.math') ? ownMath(part, latex.slice(from, to), from) : ownProse(part, from)
  })
  const boxes = new Map<Leaf, DOMRect | undefined>()
  const boxOf = (leaf: Leaf) => {
    if (!boxes.has(leaf)) boxes.set(leaf, measureLeaf(leaf))
    return boxes.get(leaf)
  }
  return ranges.map((range) =>
    joinRects(
      owned.flatMap(({ from, to, leaf }) =>
        from >= range.from && to <= range.to ? (boxOf(leaf) ?? []) : [],
      ),
    ),
  )
}

/** The box around all leaves of a view: its ink. */
export function measureInk(view: Element): DOMRect | undefined {
  return joinRects(listLeaves(view).flatMap((leaf) => measureLeaf(leaf) ?? []))
}

function joinRects(rects: readonly DOMRect[]): DOMRect | undefined {
  if (rects.length === 0) return undefined
  const [left, top] = [Math.min(...rects.map((one) => one.left)), Math.min(...rects.map((one) => one.top))]
  const right = Math.max(...rects.map((one) => one.right))
  const bottom = Math.max(...rects.map((one) => one.bottom))
  return new DOMRect(left, top, right - left, bottom - top)
}

function ownProse(part: Element, start: number): Owned[] {
  return listLeaves(part).flatMap((leaf) =>
    leaf.kind === 'character'
      ? [{ from: start + leaf.from, to: start + leaf.from + leaf.text.length, leaf }]
      : [],
  )
}

function ownMath(part: Element, latex: string, start: number): Owned[] {
  return namePieces(part, latex).map(({ from, to, leaf }) => ({ from: start + from, to: start + to, leaf }))
}

/** The pieces of a typeset formula, each with the token of its LaTeX that draws it. */
export function namePieces(part: Element, latex: string): (Owned & { readonly text: string })[] {
  const leaves = listLeaves(part)
  const tokens = locateDrawn(latex)
  const owners = findOwners(leaves, latex, part.querySelector('.katex-display') !== null)
  return leaves.flatMap((leaf, at) => {
    const token = tokens[owners[at] ?? -1]
    return token ? [{ from: token.from, to: token.to, leaf, text: leaf.text }] : []
  })
}

/** For each leaf the index of the token that draws it. Where a colour gets in the way of some token, that one goes without. */
function findOwners(leaves: readonly Leaf[], latex: string, isDisplay: boolean): (number | undefined)[] {
  const tokens = locateDrawn(latex)
  const owners: (number | undefined)[] = leaves.map(() => undefined)
  const waiting = [tokens.map((_, at) => at)]
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const wanted = waiting.shift()
    if (!wanted) break
    const apart = typesetApart(colourTokens(latex, tokens, wanted), isDisplay)
    const coloured = apart ? listLeaves(apart) : []
    if (isSame(coloured, leaves)) {
      coloured.forEach((leaf, at) => (owners[at] ??= ownerOf(leaf)))
    } else if (tries === 0 && !isShown(latex, isDisplay, leaves)) {
      break
    } else if (wanted.length > 1) {
      const half = Math.ceil(wanted.length / 2)
      waiting.push(wanted.slice(0, half), wanted.slice(half))
    }
  }
  return owners
}

/** Whether these leaves are those of this source, and not of an earlier one that could be typeset. */
function isShown(latex: string, isDisplay: boolean, leaves: readonly Leaf[]): boolean {
  const apart = typesetApart(latex, isDisplay)
  return apart !== undefined && isSame(listLeaves(apart), leaves)
}

function isSame(one: readonly Leaf[], other: readonly Leaf[]): boolean {
  return one.length === other.length && one.every(({ text }, at) => text === other[at]?.text)
}

function ownerOf(leaf: Leaf): number | undefined {
  for (let element = elementOf(leaf); element; element = element.parentElement) {
    const { color } = (element as HTMLElement).style
    if (color) return tokenOfColour(color)
  }
  return undefined
}
