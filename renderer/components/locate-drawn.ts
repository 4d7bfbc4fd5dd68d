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
  const leaves = listLeaves(part)
  const tokens = locateDrawn(latex)
  const owners = findOwners(leaves, latex, part.matches('.math-display'))
  return leaves.flatMap((leaf, at) => {
    const token = tokens[owners[at] ?? -1]
    return token ? [{ from: start + token.from, to: start + token.to, leaf }] : []
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
      const found = givePairs(coloured.map(ownerOf), latex, tokens)
      found.forEach((owner, at) => (owners[at] ??= owner))
    } else if (wanted.length > 1) {
      const half = Math.ceil(wanted.length / 2)
      waiting.push(wanted.slice(0, half), wanted.slice(half))
    }
  }
  return owners
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

/** Ink that has the colour of an opening delimiter, but comes after its content, is the closing one's. */
function givePairs(
  owners: readonly (number | undefined)[],
  latex: string,
  tokens: readonly SourceRange[],
): (number | undefined)[] {
  const partners = pairDelimiters(latex, tokens)
  const given = [...owners]
  for (const [opening, closing] of partners) {
    const first = owners.indexOf(opening)
    if (first < 0) continue
    let end = first
    while (owners[end] === opening) end += 1
    const last = owners.lastIndexOf(opening)
    if (last >= end) for (let at = end; at <= last; at += 1) if (owners[at] === opening) given[at] = closing
  }
  return given
}

function pairDelimiters(latex: string, tokens: readonly SourceRange[]): Map<number, number> {
  const pairs = new Map<number, number>()
  const open: number[] = []
  for (const { 1: side, index } of latex.matchAll(/\\(left|right)(?![a-z])/g)) {
    if (side === 'left') open.push(index)
    else {
      const partner = open.pop()
      const [opening, closing] = [partner, index].map((at) => tokens.findIndex(({ from }) => from === at))
      if (opening !== undefined && closing !== undefined && opening >= 0 && closing >= 0)
        pairs.set(opening, closing)
    }
  }
  return pairs
}
