import { useLayoutEffect, useRef } from 'react'
import { renderMath, type MathError } from './math-error.ts'

type FormulaProps = {
  readonly latex: string
  readonly isDisplay?: boolean
  /** Told after each rendering; undefined when all went well. Keep its identity stable. */
  readonly onRendered?: (error: MathError | undefined) => void
}

/** One formula. While the LaTeX has a mistake, the last good rendering stays. */
export function Formula({ latex, isDisplay = false, onRendered }: FormulaProps) {
  const ref = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (!ref.current) return
    const error = renderMath(ref.current, latex, isDisplay)
    onRendered?.(error)
  }, [latex, isDisplay, onRendered])
  return <span ref={ref} className={isDisplay ? 'math math-display' : 'math'} />
}
