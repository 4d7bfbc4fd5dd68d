import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { forgetCharacters } from '../../components/ink-of-leaf.ts'
import { LatexView } from '../../components/latex-view.tsx'
import type { MathError } from '../../components/math-error.ts'
import { useElementSize } from '../../components/use-element-size.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'
import type { ShownToken } from '../../stores/tokens.ts'
import { measureFormula, type DrawnFormula } from './measure-formula.ts'
import { handlePaneKey } from './pane-keys.ts'
import { TokenBoxes } from './token-boxes.tsx'
import type { PlaceOf } from './token-places.ts'
import { useSignPointer } from './use-sign-pointer.ts'

type RenderPaneProps = {
  readonly item: Item
  readonly pane: RefObject<HTMLDivElement | null>
  readonly sheet: RefObject<HTMLDivElement | null>
  /** Pixels of one em. */
  readonly typeSize: number
  readonly tokens: readonly ShownToken[]
  readonly placeOf: PlaceOf
  /** Whether doubted tokens are marked. */
  readonly isMarking: boolean
  readonly error: MathError | undefined
  readonly onRendered: (error: MathError | undefined) => void
  /** Told what is typeset, whenever that changes; `isAnew` when fonts have come, by which all is measured otherwise. */
  readonly onDrawn: (drawn: DrawnFormula | undefined, isAnew: boolean) => void
}

/** The typeset result, at the size that the image's signs have. */
export function RenderPane(props: RenderPaneProps) {
  const { item, pane, sheet, typeSize, tokens, placeOf, isMarking, error, onRendered, onDrawn } = props
  const pointer = useSignPointer({ item, tokens, sheet, placeOf })
  const isStale = error !== undefined && error.isOverBudget !== true
  const { latex = '', delimiters } = useShownLatex(item)
  const isLaidOut = useElementSize(pane).width > 0
  useMeasure({ sheet, latex, tokens, isLaidOut }, onDrawn)
  return (
    <div className="render-frame">
      <div
        ref={pane}
        className="pane render-pane"
        role="group"
        aria-label="Formula"
        tabIndex={0}
        data-stale={isStale}
        onKeyDown={handlePaneKey}
        {...pointer}
      >
        <div ref={sheet} className="render-sheet" style={{ fontSize: typeSize }}>
          {latex.trim() === '' ? (
            <p className="placeholder meta">Empty</p>
          ) : (
            <LatexView latex={latex} isDisplay delimiters={delimiters} onRendered={onRendered} />
          )}
          {isStale ? null : (
            <TokenBoxes item={item} tokens={tokens} placeOf={placeOf} isMarking={isMarking} isNamed={false} />
          )}
        </div>
      </div>
    </div>
  )
}

type Measured = {
  readonly sheet: RefObject<HTMLElement | null>
  readonly latex: string
  readonly tokens: readonly ShownToken[]
  /** False while the review is hidden, and nothing has a size. */
  readonly isLaidOut: boolean
}

/** Measures the formula after each change, before it is painted, and once more when fonts have come. */
function useMeasure(
  { sheet, latex, tokens, isLaidOut }: Measured,
  onDrawn: RenderPaneProps['onDrawn'],
): void {
  const [fonts, setFonts] = useState(0)
  const measuredFonts = useRef(fonts)
  const tell = useRef(onDrawn)
  useLayoutEffect(() => {
    tell.current = onDrawn
  })
  useLayoutEffect(() => {
    const isAnew = fonts !== measuredFonts.current
    measuredFonts.current = fonts
    if (isAnew) forgetCharacters()
    if (sheet.current && isLaidOut) tell.current(measureFormula(sheet.current, latex, tokens), isAnew)
  }, [sheet, latex, tokens, isLaidOut, fonts])
  useEffect(() => {
    const come = () => setFonts((count) => count + 1)
    document.fonts.addEventListener('loadingdone', come)
    return () => document.fonts.removeEventListener('loadingdone', come)
  }, [])
}
