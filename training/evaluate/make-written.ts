import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import katex from 'katex'
import { encodeGreyPng } from './encode-grey-png.ts'
import { katexMacros } from '../../shared/katex-macros.ts'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { Rng } from '../generate/rng.ts'
import { tokenIds } from '../vocabulary.ts'

/**
 * Makes a folder of pictures of formulas that people wrote, typeset by pdfLaTeX and drawn by poppler: the documentation of
 * SciPy, SymPy and NumPy as Debian packages it (BSD licences). They are for measuring only; training never sees
 * them. Needs the packages `python3-scipy python3-sympy python3-numpy texlive-latex-recommended texlive-fonts-recommended poppler-utils`.
 * A second set, which nobody has looked at, comes from other packages (BSD licences too):
 * `--packages sklearn,statsmodels,networkx,skimage,qutip,astropy --out …`.
 */
const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '/usr/lib/python3/dist-packages' },
    out: { type: 'string', default: path.join(import.meta.dirname, '../data/written') },
    packages: { type: 'string', default: 'scipy,sympy,numpy' },
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '20261' },
    longest: { type: 'string', default: '110' },
  },
})

const packages = values.packages.split(',')
const preambles = [
  '',
  '\\usepackage{mathptmx}',
  '\\usepackage{mathpazo}',
  '\\usepackage{pxfonts}',
  '\\usepackage{txfonts}',
]

function* listFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* listFiles(file)
    else if (entry.name.endsWith('.py')) yield file
  }
}

/** Formulas of one file: `:math:` roles and `.. math::` blocks. */
function findFormulas(source: string): string[] {
  const inline = [...source.matchAll(/:math:`([^`]{2,300})`/g)].map(([, formula = '']) => formula)
  const blocks = [...source.matchAll(/^([ \t]*)\.\. math::[ \t]*(.*)\n((?:\1[ \t]+.*\n|[ \t]*\n)+)/gm)]
  const displayed = blocks.flatMap(([, , first = '', rest = '']) =>
    `${first}\n${rest.replace(/^\s*:\w+:.*$/gm, '')}`.split(/\n\s*\n/),
  )
  return [...inline, ...displayed].map((formula) => halveBackslashes(formula).replace(/\s+/g, ' ').trim())
}

/** Where no command has a single backslash, all of them are written twice. */
function halveBackslashes(formula: string): string {
  return /(?<!\\)\\[a-zA-Z]/.test(formula) ? formula : formula.replaceAll('\\\\', '\\')
}

function isWanted(latex: string, longest: number): boolean {
  if (latex.includes('%') || /\\(?:label|ref|mbox|hspace|vspace|color|tag)\b/.test(latex)) return false
  if (latex.includes('&') && !latex.includes('\\begin')) return false
  try {
    katex.renderToString(latex, { displayMode: true, strict: 'ignore', macros: { ...katexMacros } })
  } catch {
    return false
  }
  const tokens = normaliseLatex(latex)
  return (
    tokens.length >= 4 &&
    tokens.length <= longest &&
    new Set(tokens).size > 2 &&
    tokens.every((token) => tokenIds.has(token))
  )
}

/** Typesets formulas one to a page and draws each page, cropped to its ink with a margin. */
function drawPages(formulas: readonly string[], preamble: string, dpi: number): Map<number, Buffer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'written-'))
  const pages = formulas.map((latex, at) => `\\setcounter{page}{${String(at + 1)}}\\[ ${latex} \\]\\newpage`)
  const document = [
    '\\documentclass[11pt]{article}\\usepackage[paperwidth=30cm,paperheight=12cm,margin=1cm]{geometry}',
    `\\usepackage{amsmath,amssymb}${preamble}\\pagestyle{empty}\\begin{document}`,
    ...pages,
    '\\end{document}',
  ]
  writeFileSync(path.join(folder, 'pages.tex'), document.join('\n'))
  try {
    execFileSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'pages.tex'], {
      cwd: folder,
      stdio: 'ignore',
    })
    execFileSync('pdftoppm', ['-gray', '-r', String(dpi), 'pages.pdf', 'page'], { cwd: folder })
    const names = readdirSync(folder)
      .filter((name) => name.endsWith('.pgm'))
      .sort()
    if (names.length !== formulas.length) throw new Error('A formula took more than a page')
    return new Map(names.map((name, at) => [at, readFileSync(path.join(folder, name))]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A formula that TeX refuses must not take its neighbours along: halves are tried until it stands alone. */
function drawAll(formulas: readonly string[], preamble: string, dpi: number): Map<string, Buffer> {
  try {
    const pages = drawPages(formulas, preamble, dpi)
    return new Map([...pages].map(([at, page]) => [formulas[at] ?? '', page]))
  } catch {
    if (formulas.length <= 1) return new Map()
    const half = formulas.length >> 1
    return new Map([
      ...drawAll(formulas.slice(0, half), preamble, dpi),
      ...drawAll(formulas.slice(half), preamble, dpi),
    ])
  }
}

const rng = new Rng(Number(values.seed))
const all = new Map<string, string>()
for (const name of packages) {
  for (const file of listFiles(path.join(values.sources, name))) {
    for (const latex of findFormulas(readFileSync(file, 'utf8'))) {
      if (isWanted(latex, Number(values.longest))) all.set(normaliseLatex(latex).join(' '), latex)
    }
  }
}
const found = [...all.values()].sort()
const chosen: string[] = []
while (chosen.length < Number(values.count) && found.length > 0) {
  chosen.push(...found.splice(Math.floor(rng.next() * found.length), 1))
}
console.log(`${String(all.size)} formulas found, ${String(chosen.length)} chosen`)
mkdirSync(values.out, { recursive: true })
const truth: Record<string, { latex: string; printed: boolean }> = {}
const size = Math.ceil(chosen.length / 15)
for (let group = 0; group * size < chosen.length; group += 1) {
  const part = chosen.slice(group * size, (group + 1) * size)
  const dpi = [110, 150, 220][group % 3] ?? 150
  for (const [latex, page] of drawAll(part, preambles[group % preambles.length] ?? '', dpi)) {
    const name = `${String(Object.keys(truth).length).padStart(3, '0')}.png`
    writeFileSync(path.join(values.out, name), await encodeGreyPng(page, Math.round(rng.between(2, 24))))
    truth[name] = { latex, printed: true }
  }
}
writeFileSync(path.join(values.out, 'truth.json'), JSON.stringify(truth, undefined, 1))
console.log(`${String(Object.keys(truth).length)} pictures in ${path.basename(values.out)}`)
