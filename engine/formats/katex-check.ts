import katex from 'katex'
import { katexMacros } from '../../shared/katex-macros.ts'
import { measureFormula, REVIEW_BUDGET } from '../../shared/latex/typesetting-budget.ts'

/** What the confidence of a reading falls to, at most, when it cannot be typeset. */
export const UNRENDERABLE_CONFIDENCE = 0.1

/** Whether KaTeX can typeset the formula with the project's macros. `\tag` needs display style, so that is what is asked. */
export function canRender(latex: string): boolean {
  if (typeof measureFormula(latex, REVIEW_BUDGET.cost) !== 'number') return false
  try {
    katex.renderToString(latex, {
      displayMode: true,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      output: 'mathml',
      macros: { ...katexMacros },
    })
    return true
  } catch {
    return false
  }
}
