import { readFileSync } from 'node:fs'
import path from 'node:path'
import { argumentCounts, textCommands } from '../../shared/latex/tables.ts'

/** Formulas with every construct that the engine can write, and what people write around them. */

const vocabulary = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../engine/model/vocabulary.json'), 'utf8'),
) as string[]

/** A small formula that holds the token as it is used. */
function use(token: string): string | undefined {
  if (/^<\w+>$/.test(token) || /^[\s{}&^_'"#$%~"]$/.test(token) || token === '\\\\' || token === '\\hline')
    return undefined
  if (token.startsWith('\\end') || /^\\right(?![a-z])/.test(token)) return undefined
  if (token === '\\begin{array}')
    return '\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array} + \\begin{array}{l}x=1 \\\\ y=2\\end{array}'
  if (/^\\left(?![a-z])/.test(token)) {
    const closing: Readonly<Record<string, string>> = {
      '(': ')',
      '[': ']',
      '\\{': '\\}',
      '\\langle': '\\rangle',
    }
    const mark = token.slice('\\left'.length)
    return `${token} \\frac { a } { b } \\right${closing[mark] ?? mark}`
  }
  if (token === '\\sqrt') return '\\sqrt [ 3 ] { x } + \\sqrt { y }'
  if (token === '\\tag') return 'x = 1 \\tag { 2.1 }'
  if (textCommands.has(token)) return `a ${token} { if so } b`
  const count = argumentCounts.get(token)
  if (count !== undefined) return `8 ${token} ${'{ A } '.repeat(count)}`
  return `A ${token} B _ { ${token} } ^ { 2 }`
}

export const everyConstruct: readonly string[] = [
  ...vocabulary.flatMap((token) => use(token) ?? []),
  '\\begin{array}{l}a=b+c \\\\ =d\\end{array}',
  'f(x)=\\left\\{\\begin{array}{ll}x^{2} & \\text { if } x<0 \\\\ 2 x & x \\geq 0\\end{array}\\right.',
  '\\left(\\begin{array}{cc}1 & 2 \\\\ 3 & 4\\end{array}\\right)',
  '\\underbrace{a+b}_{n}+\\overbrace{c}^{m}',
  '\\mathbf{\\mu}=\\mathbf{v}',
]
