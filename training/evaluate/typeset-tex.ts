import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Fonts of the documents that formulas come from; the first is Computer Modern. */
export const preambles = [
  '',
  '\\usepackage{mathptmx}',
  '\\usepackage{mathpazo}',
  '\\usepackage{pxfonts}',
  '\\usepackage{txfonts}',
]

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

/**
 * Pictures (PGM) of formulas by pdfLaTeX and poppler. A formula that TeX refuses is left out and must not take its neighbours along: halves are
 * tried until it stands alone. Needs the packages `texlive-latex-recommended texlive-fonts-recommended poppler-utils`.
 */
export function drawAll(formulas: readonly string[], preamble: string, dpi: number): Map<string, Buffer> {
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
