import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import katex from 'katex'
import { encodeGreyPng } from './encode-grey-png.ts'
import { pickHeldOut } from './held-out-real.ts'
import { drawAll, preambles } from './typeset-tex.ts'
import { katexMacros } from '../../shared/katex-macros.ts'
import { normaliseLatex } from '../../shared/latex/normalise.ts'
import { readRealFormulas } from '../generate/real/real-formulas.ts'
import { Rng } from '../generate/rng.ts'
import { tokenIds } from '../vocabulary.ts'

/**
 * Makes a folder of pictures of formulas that people wrote, typeset by pdfLaTeX and drawn by poppler: the documentation of
 * SciPy, SymPy and NumPy as Debian packages it (BSD licences). They are for measuring only; training never sees
 * them. Needs the packages `python3-scipy python3-sympy python3-numpy texlive-latex-recommended texlive-fonts-recommended poppler-utils`.
 * A second set, which nobody has looked at, comes from other packages (BSD licences too):
 * `--packages sklearn,statsmodels,networkx,skimage,qutip,astropy --out …`. A third, `--data DIR --out …`, holds formulas of that folder that
 * training never sees.
 */
const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '/usr/lib/python3/dist-packages' },
    out: { type: 'string', default: path.join(import.meta.dirname, '../data/written') },
    packages: { type: 'string', default: 'scipy,sympy,numpy' },
    data: { type: 'string' },
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '20261' },
    longest: { type: 'string', default: '110' },
  },
})

const packages = values.packages.split(',')
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

const rng = new Rng(Number(values.seed))

/** So many of the formulas that the documentation of the packages holds. */
function chooseFromPackages(count: number): string[] {
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
  while (chosen.length < count && found.length > 0) {
    chosen.push(...found.splice(Math.floor(rng.next() * found.length), 1))
  }
  console.log(`${String(all.size)} formulas found, ${String(chosen.length)} chosen`)
  return chosen
}

function chooseHeldOut(folder: string, count: number): string[] {
  const chosen: string[] = []
  for (const { source } of pickHeldOut(readRealFormulas(folder), rng, 'report')) {
    if (chosen.length === count) break
    if (isWanted(source, Number(values.longest))) chosen.push(source)
  }
  return chosen
}

const chosen =
  values.data === undefined
    ? chooseFromPackages(Number(values.count))
    : chooseHeldOut(path.resolve(values.data), Number(values.count))
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
