import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { COPY_FORMATS, formatLatex, RESULT_FORMATS, type Consumer } from '../../shared/copy-formats.ts'
import { keysOf } from '../../shared/keys-of.ts'
import { argumentCounts, textCommands } from '../../shared/latex/tables.ts'
import { splitLatex } from '../../shared/latex/tokens.ts'
import { splitMath } from '../../shared/split-math.ts'
import { writeNormal, writeStyled } from './latex-forms.ts'
import { writeText, PLAIN_TEXT_STYLE } from './text-form.ts'

/**
 * What the app hands out is compiled by what it is pasted into: KaTeX as it comes, and a TeX where one is installed. The constructs are the
 * engine's whole alphabet.
 */

const vocabulary = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../model/vocabulary.json'), 'utf8'),
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

const formulas = [
  ...vocabulary.flatMap((token) => use(token) ?? []),
  '\\begin{array}{l}a=b+c \\\\ =d\\end{array}',
  'f(x)=\\left\\{\\begin{array}{ll}x^{2} & \\text { if } x<0 \\\\ 2 x & x \\geq 0\\end{array}\\right.',
  '\\left(\\begin{array}{cc}1 & 2 \\\\ 3 & 4\\end{array}\\right)',
  '\\underbrace{a+b}_{n}+\\overbrace{c}^{m}',
  '\\mathbf{\\mu}=\\mathbf{v}',
]

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

/** How a copied formula stands in a document of its consumer. */
const PASTE: Readonly<Record<Exclude<Consumer, 'JSON'>, (text: string) => string>> = {
  'TeX display': (text) => `\\[${text}\\]`,
  'TeX paragraph': (text) => text,
}

const pasted = [...formulas.flatMap(forms), ...displays].flatMap((latex) =>
  keysOf(COPY_FORMATS).map((format) => PASTE[COPY_FORMATS[format].check](formatLatex(latex, format))),
)
const texts = formulas.map((source) => formatLatex(writeText(splitLatex(source), PLAIN_TEXT_STYLE), 'latex'))

/** Set beside KaTeX: what it has no word for is a known gap of that consumer. */
function explainKatex(text: string): string | undefined {
  const [segment, ...more] = splitMath(text)
  if (segment === undefined || segment.kind === 'prose' || more.length > 0) return `${text}: not one formula`
  try {
    const displayMode = segment.kind === 'display'
    katex.renderToString(segment.value, { displayMode, throwOnError: true, strict: 'ignore' })
    return undefined
  } catch (error) {
    return `${text}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The errors of pdfLaTeX over all of them in one document, with the packages that a mathematical document has. */
function explainTex(all: readonly string[]): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'formulift-tex-'))
  try {
    const lines = [
      '\\documentclass{article}\\usepackage{amsmath,amssymb}',
      // A package of its own, not in every installation: without it struck out terms are only parsed.
      '\\IfFileExists{cancel.sty}{\\usepackage{cancel}}{\\let\\cancel\\relax}\\begin{document}',
      ...all.map((text) => `${text}\n`),
      '\\end{document}',
    ]
    writeFileSync(path.join(folder, 'all.tex'), lines.join('\n'))
    spawnSync('pdflatex', ['-interaction=nonstopmode', '-file-line-error', 'all.tex'], { cwd: folder })
    const log = readFileSync(path.join(folder, 'all.log'), 'latin1')
    const source = lines.join('\n').split('\n')
    return [...log.matchAll(/all\.tex:(\d+): (.*)/g)].map(
      ([, line = '', message = '']) => `${source[Number(line) - 1] ?? ''}: ${message}`,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function hasTex(): boolean {
  try {
    execFileSync('kpsewhich', ['amsmath.sty', 'amssymb.sty'], {
      encoding: 'utf8',
    })
    return spawnSync('pdflatex', ['--version']).status === 0
  } catch {
    return false
  }
}

describe('what the app hands out', () => {
  it('compiles in KaTeX as it comes', () => {
    expect(pasted.length).toBeGreaterThan(2000)
    expect(pasted.flatMap((text) => explainKatex(text) ?? [])).toEqual([])
  })

  it.each(Object.values(RESULT_FORMATS))('is read again as $name', ({ write }) => {
    expect(JSON.parse(write({ texts })) as unknown).toEqual({ texts })
  })

  const consumers = hasTex() ? ['pdfLaTeX'] : []
  if (consumers.length === 0) console.warn('No pdfLaTeX here: what is handed out was compiled by KaTeX only.')
  if (consumers.length > 0)
    it('compiles in pdfLaTeX', () => {
      expect(explainTex([...pasted, ...texts])).toEqual([])
    })
})
