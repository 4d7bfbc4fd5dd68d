import { measureInk, measureRanges } from '../../components/locate-drawn.ts'
import type { ShownToken } from '../../stores/tokens.ts'
import type { Rect, Extent } from './fit-panes.ts'

/** A formula as it is typeset, in ems: its size, its ink, and where its tokens are, by their place among those that were read. */
export type DrawnFormula = Extent & {
  readonly ink: Rect | undefined
  readonly signs: ReadonlyMap<number, Rect>
}

/** Measures what a sheet shows now. Everything scales with the size of its type, so ems hold at any zoom. */
export function measureFormula(
  sheet: HTMLElement,
  latex: string,
  tokens: readonly ShownToken[],
): DrawnFormula | undefined {
  const em = parseFloat(getComputedStyle(sheet).fontSize)
  if (!(em > 0) || sheet.offsetWidth === 0) return undefined
  const origin = sheet.getBoundingClientRect()
  const toEms = ({ left, top, width, height }: DOMRect): Rect => ({
    left: (left - origin.left) / em,
    top: (top - origin.top) / em,
    width: width / em,
    height: height / em,
  })
  const boxes = measureRanges(
    sheet,
    latex,
    tokens.map(({ range }) => range),
  )
  const ink = measureInk(sheet)
  return {
    width: sheet.offsetWidth / em,
    height: sheet.offsetHeight / em,
    ink: ink && toEms(ink),
    signs: new Map(
      tokens.flatMap(({ at }, index) => {
        const box = boxes[index]
        return box ? [[at, toEms(box)] as const] : []
      }),
    ),
  }
}
