import { writeFormula, writeEach, type Formula } from './write-formulas.ts'

/**
 * What the clipboard carries as HTML: MathML, and for Word the same as Office Math in the comments that only Word reads
 * (`msEquation`, of its own HTML), so that an equation comes out of pasting.
 */
export async function writeClipboardHtml(formulas: readonly Formula[]): Promise<string> {
  const { NOTATION_WRITERS } = await import('./notations.ts')
  const { readFormula } = await import('./read-formula.ts')
  const { writeOmml } = await import('./omml.ts')
  const { writeMathml } = await import('./mathml.ts')
  const forWord = (latex: string, isDisplay: boolean): string => {
    const tree = readFormula(latex, isDisplay)
    const omml = writeOmml(tree)
    const paragraph = isDisplay ? `<m:oMathPara>${omml}</m:oMathPara>` : omml
    return `<!--[if gte msEquation 12]>${paragraph}<![endif]--><![if !msEquation]>${writeMathml(tree, isDisplay)}<![endif]>`
  }
  const writer = {
    ...NOTATION_WRITERS.html,
    alone: (latex: string) => `<p>${forWord(latex, true)}</p>`,
    inside: ({ latex, kind }: { readonly latex: string; readonly kind: 'inline' | 'display' }) =>
      forWord(latex, kind === 'display'),
  }
  const written = await writeEach(formulas, (formula) => writeFormula(writer, formula).text)
  return `<html xmlns:m="http://schemas.microsoft.com/office/2004/12/omml"><body>${written.join('\n')}</body></html>`
}
