import { useLayoutEffect, useRef, useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { LatexView } from '../../components/latex-view.tsx'
import type { MathError } from '../../components/math-error.ts'
import { useElementSize } from '../../components/use-element-size.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'
import { MathErrorNote } from './math-error-note.tsx'
import { useKeptCenter } from './use-kept-center.ts'
import { fitScale } from './zoom.ts'

type RenderPaneProps = {
  readonly item: Item
  readonly zoom: number
  readonly error: MathError | undefined
  readonly onRendered: (error: MathError | undefined) => void
}

/** Pixels. Large enough to see an index of an index; the formula shrinks from here until it fits. */
const LARGEST_TYPE = 36
const SMALLEST_TYPE = 12
const MARGIN = 24

/** The typeset result: as large as fits, then larger or smaller with the zoom. */
export function RenderPane({ item, zoom, error, onRendered }: RenderPaneProps) {
  const { latex = '', delimiters } = useShownLatex(item)
  const pane = useRef<HTMLDivElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const size = useElementSize(pane)
  const [fit, setFit] = useState(1)
  useLayoutEffect(() => {
    const element = sheet.current
    if (!element) return
    element.style.fontSize = `${LARGEST_TYPE}px`
    const room = { width: size.width - 2 * MARGIN, height: size.height - 2 * MARGIN }
    const wanted = fitScale({ width: element.scrollWidth, height: element.scrollHeight }, room, 1)
    element.style.fontSize = `${Math.max(SMALLEST_TYPE, LARGEST_TYPE * wanted) * zoom}px`
    setFit(wanted)
  }, [latex, size, zoom])
  useKeptCenter(pane, zoom)
  return (
    <div className="render-frame">
      <div
        ref={pane}
        className="render-pane"
        data-stale={error !== undefined && error.isOverBudget !== true}
        data-fit={fit < 1}
      >
        <div ref={sheet} className="render-sheet">
          {latex.trim() === '' ? (
            <p className="placeholder meta">Empty</p>
          ) : (
            <LatexView latex={latex} isDisplay delimiters={delimiters} onRendered={onRendered} />
          )}
        </div>
      </div>
      {error && latex.trim() !== '' ? <MathErrorNote latex={latex} error={error} /> : null}
    </div>
  )
}
