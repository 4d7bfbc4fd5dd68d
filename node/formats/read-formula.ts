import { mathjax } from 'mathjax-full/js/mathjax.js'
import { TeX } from 'mathjax-full/js/input/tex.js'
import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js'
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js'
import { STATE } from 'mathjax-full/js/core/MathItem.js'
import 'mathjax-full/js/input/tex/base/BaseConfiguration.js'
import 'mathjax-full/js/input/tex/ams/AmsConfiguration.js'
import 'mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js'
import 'mathjax-full/js/input/tex/cancel/CancelConfiguration.js'
import 'mathjax-full/js/input/tex/mhchem/MhchemConfiguration.js'
import { measureFormula } from '../../shared/latex/typesetting-budget.ts'
import { makePortable } from '../../shared/latex/portable.ts'
import { ownSigns } from './own-signs.ts'
import { toMathTree, type MathNode, type SourceNode } from './math-tree.ts'

/** Of one formula; what costs more is no formula that anybody wrote. */
const MOST = 20_000

/** No packages that define commands, load files or make links: what is read comes from a picture, or from anybody. */
const packages = ['base', 'ams', 'boldsymbol', 'cancel', 'mhchem', ownSigns]

RegisterHTMLHandler(liteAdaptor())
const createInput = () =>
  new TeX({
    packages,
    formatError: (_: unknown, error: Error) => {
      throw error
    },
  })
const document = mathjax.document('', { InputJax: createInput() })

/** The LaTeX cannot be read; the message says why, in MathJax's words. */
export class FormulaError extends Error {}

/** The LaTeX that MathJax is given: no commands of our own, and the number of an equation as words beside it. */
export function prepareLatex(latex: string): string {
  if (typeof measureFormula(latex, MOST) !== 'number')
    throw new FormulaError('It is too long or nested too deep.')
  return makePortable(latex, 'inline')
}

/** A formula as a tree; `isDisplay` decides where limits stand. Throws a `FormulaError`. */
export function readFormula(latex: string, isDisplay: boolean): MathNode {
  const source = prepareLatex(latex)
  try {
    const root = document.convert(source, { display: isDisplay, end: STATE.CONVERT }) as SourceNode
    return toMathTree(root)
  } catch (error) {
    // MathJax throws errors of its own, which are none of the language's.
    throw new FormulaError((error as { message?: string }).message ?? String(error))
  }
}
