import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { DOMParser } from '@xmldom/xmldom'
import katex from 'katex'
import { AsciiMath } from 'mathjax-full/js/input/asciimath.js'
import { mathjax } from 'mathjax-full/js/mathjax.js'
import { STATE } from 'mathjax-full/js/core/MathItem.js'
import { micromark } from 'micromark'
import { math, mathHtml } from 'micromark-extension-math'
import { katexMacros } from '../../shared/katex-macros.ts'
import { makePortable } from '../../shared/latex/portable.ts'
import type { Consumer } from '../../shared/output-formats.ts'
import { toMathTree, type MathNode, type SourceNode } from '../../node/formats/math-tree.ts'
import { readFormula } from '../../node/formats/read-formula.ts'

/**
 * Programs that others use to read what the app writes. Each says what is wrong with a formula that was written, or nothing: it is not
 * taken, or other signs come out of it than KaTeX draws.
 */

/** Signs that readers spell in different ways, by one of them. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\u2015|\u00af|\u02c9|\u203e|\u0304|\u0332|_/g, '\u00af'],
  [/[∥‖]|\|\|/g, '‖'],
  [/∣/g, '|'],
  [/⩽/g, '≤'],
  [/⩾/g, '≥'],
  [/⟹/g, '⇒'],
  [/⟺/g, '⇔'],
  [/[□◻]/g, '□'],
  [/[∖\\]/g, '\\'],
  [/ɛ/g, 'ε'],
  [/[\u2329\u3008]/g, '⟨'],
  [/[\u232a\u3009]/g, '⟩'],
  [/[´ˊ]/g, '\u02ca'],
  [/\u02cb|\u0300/g, '`'],
  [/⃗/g, '→'],
  [/⧸/g, '\u0338'],
  [/⃛/g, '...'],
  [/¨/g, '..'],
  [/[˙]/g, '.'],
  [/-/g, '−'],
]

/** The signs of a text, in an order that does not depend on the notation. */
export function listSigns(text: string): string {
  const spelled = spellings.reduce((all, [from, to]) => all.replace(from, to), text)
  return Array.from(spelled.normalize('NFKC').replace(/[\s\u2061\u2063]/g, ''))
    .sort()
    .join('')
}

/** The text of a tree with the delimiters of its brackets. */
export function textOf({ name, attributes, children, text }: MathNode): string {
  const inside = text + children.map(textOf).join('')
  return name === 'fenced' ? `${attributes['open'] ?? ''}${inside}${attributes['close'] ?? ''}` : inside
}

/** What KaTeX, which has no part in writing, draws of a formula. */
export function drawnSigns(latex: string): string {
  const drawn = katex.renderToString(makePortable(latex, 'inline'), {
    output: 'mathml',
    displayMode: true,
    strict: 'ignore',
    macros: { ...katexMacros },
  })
  const text =
    readXml(drawn.replace(/<annotation[\s\S]*?<\/annotation>/, '')).documentElement?.textContent ?? ''
  return listSigns(text)
}

const parser = new DOMParser({
  onError: (level, message) => {
    if (level !== 'warning') throw new Error(message)
  },
})
const readXml = (xml: string) => parser.parseFromString(xml, 'text/xml')

const compare = (written: string, latex: string): string | undefined =>
  listSigns(written) === drawnSigns(latex)
    ? undefined
    : `${listSigns(written)} instead of ${drawnSigns(latex)}`

const asciiDocument = mathjax.document('', { InputJax: new AsciiMath({}) })
let typst: NodeCompiler | undefined

type Reader = (written: string, latex: string) => string | undefined

const readMathml: Reader = (written, latex) => {
  const root = readXml(written).documentElement
  if (root?.namespaceURI !== 'http://www.w3.org/1998/Math/MathML') return 'no MathML'
  return compare(root.textContent ?? '', latex)
}

function readTex(text: string): string | undefined {
  const isEnvironment = text.startsWith('\\begin{equation}') || text.startsWith('\\begin{align}')
  const inside = isEnvironment ? text : text.replace(/^(\$\$?|\\[([])|(\$\$?|\\[)\]])$/g, '')
  const displayMode = isEnvironment || !/^(?:\$(?!\$)|\\\()/.test(text)
  katex.renderToString(inside, { displayMode, throwOnError: true, strict: 'ignore' })
  return undefined
}

export const READERS: Readonly<Partial<Record<Consumer, { readonly name: string; readonly read: Reader }>>> =
  {
    'TeX display': { name: 'KaTeX', read: (text) => readTex(`\\[${text}\\]`) },
    'TeX paragraph': { name: 'KaTeX', read: readTex },
    MathML: { name: 'an XML parser; the signs are those that KaTeX draws', read: readMathml },
    HTML: { name: 'an XML parser; the signs are those that KaTeX draws', read: readMathml },
    Typst: {
      name: 'the Typst compiler',
      read: (written) => {
        typst ??= NodeCompiler.create()
        const compiled = typst.compile({ mainFileContent: written })
        return compiled.result && !compiled.hasError() ? undefined : 'not compiled'
      },
    },
    AsciiMath: {
      name: 'MathJax’s reader of AsciiMath; the signs are those that KaTeX draws',
      read: (written, latex) => {
        const root = asciiDocument.convert(written, { display: true, end: STATE.CONVERT }) as SourceNode
        return compare(textOf(toMathTree(root)), latex)
      },
    },
    CommonMark: {
      name: 'micromark with math, which KaTeX draws',
      read: (written) => {
        const html = micromark(written, {
          extensions: [math()],
          htmlExtensions: [mathHtml({ strict: 'ignore' })],
        })
        return html.includes('math-display') && !html.includes('katex-error') ? undefined : html
      },
    },
    reader: {
      name: 'no commands left, no letter or number lost',
      read: (written, latex) => {
        const signs = (text: string) =>
          listSigns(
            text
              .replace('∛', '3√')
              .normalize('NFKD')
              .replace(/[^\p{L}\p{N}]|\p{Lm}/gu, ''),
          )
        if (/\\[A-Za-z]/.test(written)) return 'commands are left'
        const expected = signs(textOf(readFormula(latex, true)))
        return signs(written) === expected ? undefined : `${signs(written)} instead of ${expected}`
      },
    },
  }
