import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { TEX_WRITERS } from '../../node/formats/tex.ts'
import { writeFormula } from '../../node/formats/write-formulas.ts'
import { keysOf } from '../../shared/keys-of.ts'
import { splitLatex } from '../../shared/latex/tokens.ts'
import { COPY_FORMATS } from '../../shared/output-formats.ts'
import { splitMath } from '../../shared/split-math.ts'
import { everyConstruct } from '../../testing/node/every-construct.ts'
import { explainTex, hasTex, TEX_PREAMBLE } from '../../testing/node/run-tex.ts'
import { writeNormal, writeStyled } from './latex-forms.ts'
import { writeText, PLAIN_TEXT_STYLE } from './text-form.ts'

/**
 * What the app hands out as LaTeX is compiled by what it is pasted into: KaTeX as it comes, and a TeX where one is installed. The constructs
 * are the engine's whole alphabet; other formats are checked in node/formats.
 */

const formulas = everyConstruct

/** What only other engines answer with: environments that are displays themselves. */
const displays = ['align', 'align*', 'flalign', 'split', 'gather*', 'multline', 'equation', 'eqnarray'].map(
  (name) =>
    name.startsWith('eqnarray') || !/align|split/.test(name)
      ? `\\begin{${name}}a=b\\end{${name}}`
      : `\\begin{${name}}a&=b\\\\&=c\\end{${name}}`,
)

const none: ReadonlySet<string> = new Set()
const compact: ReadonlySet<string> = new Set(['rm_spaces'])

/** Every form of a formula that the app can hand out. */
const forms = (source: string): string[] => {
  const tokens = splitLatex(source)
  return [writeStyled(tokens, compact), writeStyled(tokens, none), writeNormal(tokens, none)]
}

const write = (latex: string, format: keyof typeof TEX_WRITERS): string =>
  writeFormula(TEX_WRITERS[format], { latex }).text

/** As it stands in a document: a formula alone is for a display of one's own. */
const paste = (latex: string, format: keyof typeof TEX_WRITERS): string =>
  COPY_FORMATS[format].check === 'TeX display' ? `\\[${write(latex, format)}\\]` : write(latex, format)

const pasted = [...formulas.flatMap(forms), ...displays].flatMap((latex) =>
  keysOf(TEX_WRITERS).map((format) => paste(latex, format)),
)
const texts = formulas.map((source) => write(writeText(splitLatex(source), PLAIN_TEXT_STYLE), 'latex'))

/** Set beside KaTeX: what it has no word for is a known gap of that consumer. */
function explainKatex(text: string): string | undefined {
  const [segment, ...more] = splitMath(text)
  const isEnvironment = text.startsWith('\\begin{equation}') || text.startsWith('\\begin{align}')
  if (!isEnvironment && (segment === undefined || segment.kind === 'prose' || more.length > 0))
    return `${text}: not one formula`
  try {
    const displayMode = isEnvironment || segment?.kind === 'display'
    katex.renderToString(isEnvironment ? text : (segment?.value ?? ''), {
      displayMode,
      throwOnError: true,
      strict: 'ignore',
    })
    return undefined
  } catch (error) {
    return `${text}: ${error instanceof Error ? error.message : String(error)}`
  }
}

describe('what the app hands out', () => {
  it('compiles in KaTeX as it comes', () => {
    expect(pasted.length).toBeGreaterThan(2000)
    expect(pasted.flatMap((text) => explainKatex(text) ?? [])).toEqual([])
  })

  const consumers = hasTex() ? ['pdfLaTeX'] : []
  if (consumers.length === 0) console.warn('No pdfLaTeX here: what is handed out was compiled by KaTeX only.')
  if (consumers.length > 0)
    it('compiles in pdfLaTeX', () => {
      expect(
        explainTex(
          [...TEX_PREAMBLE, ...[...pasted, ...texts].map((text) => `${text}\n`), '\\end{document}'].join(
            '\n',
          ),
        ),
      ).toEqual([])
    })
})
