import type { MathSegment } from '../split-math.ts'
import { measureFormula, type OverBudget, type TypesettingBudget } from './typesetting-budget.ts'

export type LimitedMath = {
  readonly segments: readonly MathSegment[]
  /** Why some of it is shown as its source. */
  readonly over?: OverBudget
}

/** What a formula costs however short it is: its frame of elements, and for a display a line of its own to lay out. */
const PRICES: Readonly<Record<'inline' | 'display', number>> = { inline: 20, display: 60 }

/**
 * Formulas of one text as far as the budget goes; the others become prose, as they stand, in one piece with the prose beside them. A text of
 * too many pieces is one piece of prose. Decided for the whole text before any of it is drawn.
 */
export function limitMath(segments: readonly MathSegment[], budget: TypesettingBudget): LimitedMath {
  if (segments.length > budget.pieces) {
    const source = segments.map((segment) => segment.source).join('')
    return { segments: [{ kind: 'prose', value: source, source }], over: 'pieces' }
  }
  const limited: MathSegment[] = []
  let prose: string[] = []
  const endProse = () => {
    const source = prose.join('')
    if (source !== '') limited.push({ kind: 'prose', value: source, source })
    prose = []
  }
  let left = budget.cost
  let over: OverBudget | undefined
  for (const segment of segments) {
    const price = priceOf(segment, budget)
    if (segment.kind !== 'prose' && typeof price === 'number' && price <= left) {
      endProse()
      limited.push(segment)
      left -= price
      continue
    }
    prose.push(segment.source)
    if (segment.kind !== 'prose') over ??= typeof price === 'string' ? price : 'length'
  }
  endProse()
  return over === undefined ? { segments: limited } : { segments: limited, over }
}

function priceOf({ kind, value }: MathSegment, budget: TypesettingBudget): number | OverBudget {
  if (kind === 'prose') return 0
  const cost = measureFormula(value, budget.cost)
  return typeof cost === 'number' ? cost + PRICES[kind] : cost
}
