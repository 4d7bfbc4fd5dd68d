import { makePortable, type Place } from '../../shared/latex/portable.ts'
import { locateTokens } from '../../shared/latex/tokens.ts'
import type { FormulaWriter, InsideMath } from './formula-writer.ts'

/** Prose that carries its formulas in delimiters keeps them, whatever a formula by itself is wrapped in. */
const inProse: Pick<FormulaWriter, 'inside' | 'prose'> = { inside: keepDelimiters, prose: (text) => text }

/** Delimiters of an image's own options are none that TeX knows. */
function keepDelimiters({ latex, kind, source }: InsideMath): string {
  if (!/^(?:\$|\\[([])/.test(source)) {
    const [open, close] = kind === 'inline' ? inline : display
    return wrapDisplay(open, close)(latex)
  }
  const at = source.indexOf(latex)
  return source.slice(0, at) + makePortable(latex, kind) + source.slice(at + latex.length)
}

const inline = ['\\(', '\\)'] as const
const display = ['\\[', '\\]'] as const

const onOneLine = (latex: string, place: Place): string =>
  makePortable(latex, place).replace(/\s*\n\s*/g, ' ')

/** On lines of its own only when it has several lines itself. */
const wrapDisplay = (open: string, close: string) => (latex: string) => {
  const written = makePortable(latex, open === inline[0] ? 'inline' : 'display')
  return written.includes('\n') ? `${open}\n${written}\n${close}` : `${open}${written}${close}`
}

export const TEX_WRITERS = {
  latex: { ...inProse, alone: (latex) => makePortable(latex, 'display') },
  dollar: { ...inProse, alone: (latex) => `$${onOneLine(latex, 'inline')}$` },
  inline: { ...inProse, alone: (latex) => `\\(${onOneLine(latex, 'inline')}\\)` },
  bracket: { ...inProse, alone: wrapDisplay(...display) },
  double_dollar: {
    ...inProse,
    // Plain TeX's display, in which `\tag` is an error.
    alone: (latex) => wrapDisplay('$$', '$$')(makePortable(latex, 'inline')),
  },
  equation: {
    ...inProse,
    alone: (latex) => `\\begin{equation}\n${makePortable(latex, 'display')}\n\\end{equation}`,
  },
  align: {
    ...inProse,
    alone: (latex) => writeAlign([latex]),
    together: writeAlign,
  },
} as const satisfies Readonly<Record<string, FormulaWriter>>

function writeAlign(formulas: readonly string[]): string {
  const rows = formulas.map((latex) => alignRow(makePortable(latex, 'display')))
  return `\\begin{align}\n${rows.join(' \\\\\n')}\n\\end{align}`
}

const relation =
  /^(?:[=<>]|\\(?:leq?|geq?|leqslant|geqslant|neq?|approx|equiv|sim|simeq|cong|propto|ll|gg|in|subset|subseteq|(?:long)?(?:left)?rightarrow|[lL]eftrightarrow|Rightarrow|to|mapsto|coloneqq|doteq))$/

/** `aligned` gives its lines; anything else is aligned at its first relation outside of groups. */
function alignRow(latex: string): string {
  const lines = /^\\begin\s*\{aligned\}\s*([\s\S]*?)\s*\\end\s*\{aligned\}$/.exec(latex)?.[1]
  if (lines !== undefined && !lines.includes('\\begin')) return lines.replace(/\s*\\\\\s*$/, '')
  let depth = 0
  for (const { token, from } of locateTokens(latex)) {
    if (/^(?:\{|\\left(?![a-z])|\\begin)/.test(token)) depth += 1
    else if (/^(?:\}|\\right(?![a-z])|\\end)/.test(token)) depth -= 1
    else if (depth === 0 && token === '&') return latex
    else if (depth === 0 && relation.test(token)) return `${latex.slice(0, from)}&${latex.slice(from)}`
  }
  return latex
}
