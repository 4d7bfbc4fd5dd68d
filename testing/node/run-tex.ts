import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The packages that a mathematical document has. */
export const TEX_PREAMBLE: readonly string[] = [
  '\\documentclass{article}\\usepackage{amsmath,amssymb}',
  // A package of its own, not in every installation: without it struck out terms are only parsed.
  '\\IfFileExists{cancel.sty}{\\usepackage{cancel}}{\\let\\cancel\\relax}\\begin{document}',
]

/** The errors of pdfLaTeX over a document, each with the line that it names. */
export function explainTex(document: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'formulift-tex-'))
  try {
    writeFileSync(path.join(folder, 'all.tex'), document)
    spawnSync('pdflatex', ['-interaction=nonstopmode', '-file-line-error', 'all.tex'], { cwd: folder })
    const log = readFileSync(path.join(folder, 'all.log'), 'latin1')
    const lines = document.split('\n')
    return [...log.matchAll(/all\.tex:(\d+): (.*)/g)].map(
      ([, line = '', message = '']) => `${lines[Number(line) - 1] ?? ''}: ${message}`,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function hasTex(): boolean {
  try {
    execFileSync('kpsewhich', ['amsmath.sty', 'amssymb.sty'], { encoding: 'utf8' })
    return spawnSync('pdflatex', ['--version']).status === 0
  } catch {
    return false
  }
}
