import katex from 'katex'
import 'katex/contrib/mhchem'
import { katexMacros } from '../../shared/katex-macros.ts'
import {
  explainOverBudget,
  measureFormula,
  REVIEW_BUDGET,
  type TypesettingBudget,
} from '../../shared/latex/typesetting-budget.ts'
import { explainMistake } from './explain-mistake.ts'
import { spellForKatex, type Spelled } from './spell-for-katex.ts'

/** Where typesetting stopped, in characters of the source; absent when KaTeX does not say. */
export type MathError = {
  readonly message: string
  readonly position?: number
  readonly length?: number
  /** It is not typeset: the source stands in its place. */
  readonly isOverBudget?: true
}

const OPTIONS = {
  trust: false,
  throwOnError: true,
  strict: 'ignore',
  output: 'htmlAndMathml',
  /** Ems: a size that a mistaken reading can ask for without hiding the window. */
  maxSize: 50,
  /** Blanks and arrows count, too; what could make more of them (definitions) is not typeset at all. */
  maxExpand: 2500,
} as const

/**
 * Typesets into `target`. `katex.render` builds nodes and sets styles by CSSOM, which `style-src 'self'` allows; its string output
 * would not survive it. On an error the target is left as it was; beyond the budget it holds the source as text.
 */
export function renderMath(
  target: HTMLElement,
  latex: string,
  isDisplay: boolean,
  budget: TypesettingBudget,
): MathError | undefined {
  const over = findOverBudget(latex, budget)
  target.classList.toggle('math-source', over !== undefined)
  if (over) {
    target.replaceChildren(cutText(latex, budget))
    return over
  }
  const spelled = spellForKatex(latex)
  try {
    // Rendered apart first, because KaTeX empties its target before it parses.
    const fresh = document.createElement('span')
    katex.render(spelled.latex, fresh, { ...OPTIONS, displayMode: isDisplay, macros: { ...katexMacros } })
    target.replaceChildren(...fresh.childNodes)
    return undefined
  } catch (error) {
    const mistake = toMathError(error, spelled)
    if (mistake.isOverBudget) {
      target.classList.add('math-source')
      target.replaceChildren(cutText(latex, budget))
    }
    return mistake
  }
}

/** Typesets apart from the window, for what is to be learned from the nodes; undefined where it cannot be typeset. */
export function typesetApart(latex: string, isDisplay: boolean): Element | undefined {
  try {
    const apart = document.createElement('span')
    katex.render(latex, apart, {
      ...OPTIONS,
      output: 'html',
      displayMode: isDisplay,
      macros: { ...katexMacros },
    })
    return apart
  } catch {
    return undefined
  }
}

/** Whether KaTeX can typeset it; builds MathML only, which is the cheapest complete pass. */
export function findMathError(latex: string): MathError | undefined {
  const over = findOverBudget(latex, REVIEW_BUDGET)
  if (over) return over
  const spelled = spellForKatex(latex)
  try {
    katex.renderToString(spelled.latex, {
      ...OPTIONS,
      output: 'mathml',
      displayMode: true,
      macros: { ...katexMacros },
    })
    return undefined
  } catch (error) {
    return toMathError(error, spelled)
  }
}

function findOverBudget(latex: string, { cost }: TypesettingBudget): MathError | undefined {
  const measured = measureFormula(latex, cost)
  return typeof measured === 'number'
    ? undefined
    : { message: explainOverBudget(measured), isOverBudget: true }
}

/** As much of a text as is shown. */
export function cutText(text: string, { characters }: TypesettingBudget): string {
  return text.length > characters ? `${text.slice(0, characters)}…` : text
}

function toMathError(error: unknown, { toSource }: Spelled): MathError {
  if (!(error instanceof katex.ParseError)) {
    // It gave up for a reason of its own, such as thousands of accents on one letter.
    return { message: 'Cannot be typeset: the source is shown.', isOverBudget: true }
  }
  const message = explainMistake(error.rawMessage)
  // The types promise numbers, but some errors have neither.
  const { position, length } = error as { position?: number; length?: number }
  if (position === undefined) return { message }
  const start = toSource(position)
  return { message, position: start, length: toSource(position + (length ?? 0)) - start }
}
