import { useLayoutEffect, useRef } from 'react'
import { REVIEW_BUDGET, type TypesettingBudget } from '../../shared/latex/typesetting-budget.ts'
import type { SourceRange } from '../../shared/latex/place-in-source.ts'
import { renderMath, type MathError } from './math-error.ts'

type FormulaProps = {
  readonly latex: string
  readonly isDisplay?: boolean
  readonly budget?: TypesettingBudget
  /** Where the LaTeX stands in the source that is shown. */
  readonly place?: SourceRange
  /** Told after each rendering; undefined when all went well. Keep its identity stable. */
  readonly onRendered?: (error: MathError | undefined) => void
}

/** One formula. While the LaTeX has a mistake, the last good rendering stays; beyond the budget its source is shown. */
export function Formula(props: FormulaProps) {
  const { latex, isDisplay = false, budget = REVIEW_BUDGET, place, onRendered } = props
  const ref = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (!ref.current) return
    const error = renderMath(ref.current, latex, isDisplay, budget)
    onRendered?.(error)
  }, [latex, isDisplay, budget, onRendered])
  return (
    <span
      ref={ref}
      className={isDisplay ? 'math math-display' : 'math'}
      data-from={place?.from}
      data-to={place?.to}
    />
  )
}
