import type { MathSegment } from '../split-math.ts'
import { measureFormula, type OverBudget, type TypesettingBudget } from './typesetting-budget.ts'

export type LimitedMath = {
  readonly segments: readonly MathSegment[]
  /** Why some of it is shown as its source. */
  readonly over?: OverBudget
}

/** Formulas of one text as far as the budget goes; the others become prose, as they stand. */
export function limitMath(segments: readonly MathSegment[], budget: TypesettingBudget): LimitedMath {
  let left = budget.cost
  let over: OverBudget | undefined
  const limited = segments.map((segment): MathSegment => {
    if (segment.kind === 'prose') return segment
    // Each formula has a price of its own, however short it is.
    const cost = measureFormula(segment.value, budget.cost)
    if (typeof cost === 'number' && cost + EACH <= left) {
      left -= cost + EACH
      return segment
    }
    over ??= typeof cost === 'number' ? 'length' : cost
    return { kind: 'prose', value: segment.source, source: segment.source }
  })
  return over === undefined ? { segments: limited } : { segments: limited, over }
}

const EACH = 10
