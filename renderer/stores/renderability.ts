import { create } from 'zustand'
import type { Item } from '../../shared/batch.ts'
import { limitMath } from '../../shared/latex/limit-math.ts'
import { REVIEW_BUDGET } from '../../shared/latex/typesetting-budget.ts'
import { splitMath } from '../../shared/split-math.ts'
import { findMathError } from '../components/math-error.ts'
import { useBatches } from './batches.ts'
import { currentLatex } from './shown-latex.ts'

/** Whether each LaTeX string in the open batch can be typeset; one not in the map has not been tried yet. */
export const useRenderability = create<{ readonly byLatex: ReadonlyMap<string, boolean> }>(() => ({
  byLatex: new Map(),
}))

/** Checking may take this long at a stretch before the page gets its turn again. */
const SLICE_MS = 8

export function canRenderLatex(latex: string): boolean {
  const { segments, over } = limitMath(splitMath(latex), REVIEW_BUDGET)
  if (over !== undefined) return false
  const math = segments.filter(({ kind }) => kind !== 'prose')
  const formulas = math.length > 0 ? math.map(({ value }) => value) : [latex]
  return formulas.every((formula) => findMathError(formula) === undefined)
}

/** Watches the open batch and checks what is new in small slices, off the path of every action. Returns the stop. */
export function watchRenderability(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const schedule = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      if (checkSlice(useBatches.getState().items)) schedule()
    }, 0)
  }
  schedule()
  const unsubscribe = useBatches.subscribe((state, before) => {
    if (state.items !== before.items) schedule()
  })
  return () => {
    clearTimeout(timer)
    unsubscribe()
  }
}

/** Checks until the slice is used up; true when some are left. */
function checkSlice(items: ReadonlyMap<string, Item>): boolean {
  const known = useRenderability.getState().byLatex
  const checked = new Map<string, boolean>()
  const end = performance.now() + SLICE_MS
  let isCutShort = false
  for (const item of items.values()) {
    if (item.state !== 'completed') continue
    const latex = currentLatex(item)
    if (!latex || known.has(latex) || checked.has(latex)) continue
    checked.set(latex, canRenderLatex(latex))
    if (performance.now() > end) {
      isCutShort = true
      break
    }
  }
  if (checked.size > 0) useRenderability.setState({ byLatex: new Map([...known, ...checked]) })
  return isCutShort
}
