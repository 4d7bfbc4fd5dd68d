import { DOMParser } from '@xmldom/xmldom'
import { strFromU8, unzipSync } from 'fflate'
import { micromark } from 'micromark'
import { math, mathHtml } from 'micromark-extension-math'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { DocumentFormat } from '../../../shared/output-formats.ts'
import { everyConstruct } from '../../../testing/node/every-construct.ts'
import { explainTex, hasTex } from '../../../testing/node/run-tex.ts'
import type { DocumentItem } from './document.ts'
import { writeDocument } from './write-document.ts'

/** Whole documents with every construct, prose and what cannot be read, opened by the programs that they are for. */

const prose = 'Let \\(x<1\\) be 50% of #3 & a_b [c] ~ $5:\n\n\\[ x=\\frac{1}{2} \\]\n\n# Title\nQED \\alpha'
const broken = 'x + \\unknown y'

const itemOf = (latex: string, index: number): DocumentItem => ({
  line: { key: `k${index}`, file: `${index} -- <b>.png`, latex, confidence: 0.5, error: null, result: null },
  formula: { latex },
  readImage: () => Promise.resolve({ bytes: new Uint8Array([1, 2, 3]), mime: 'image/png' }),
})
const missing: DocumentItem = {
  line: { key: 'none', file: 'n.png', latex: null, confidence: null, error: null, result: null },
  error: 'The image is empty',
}
const items = [...[...everyConstruct, prose, broken].map(itemOf), missing]

type FileFormat = Exclude<DocumentFormat, 'tex_files' | 'raw_files'>
const write = (format: FileFormat, of: readonly DocumentItem[] = items) =>
  writeDocument(of, format, 'Batch & <1>')
const text = async (format: FileFormat, of?: readonly DocumentItem[]) =>
  String((await write(format, of)).content)

const parser = new DOMParser({
  onError: (level, message) => {
    if (level !== 'warning') throw new Error(message)
  },
})

describe('a document', () => {
  it('for Word is a package of well-formed parts with an equation for each formula', async () => {
    const { content, problems } = await write('docx')
    const parts = unzipSync(content as Uint8Array)
    for (const part of Object.values(parts)) parser.parseFromString(strFromU8(part), 'text/xml')
    const body = parser.parseFromString(strFromU8(parts['word/document.xml'] ?? new Uint8Array()), 'text/xml')
    // Two of them stand in the prose.
    expect(body.getElementsByTagName('m:oMath')).toHaveLength(everyConstruct.length + 2)
    expect(body.documentElement?.textContent).toContain(broken)
    expect(problems).toEqual([`k${everyConstruct.length + 1}: Undefined control sequence \\unknown`])
  })

  const isTexHere = hasTex()
  if (!isTexHere) console.warn('No pdfLaTeX here: the LaTeX document was not compiled.')
  if (isTexHere)
    it('in LaTeX compiles', async () => {
      expect(explainTex(await text('tex'))).toEqual([])
    })

  it('in LaTeX keeps apart what would break it', async () => {
    const tex = await text('tex', [itemOf(prose, 0), itemOf(broken, 1), missing])
    expect(tex).toContain('Let \\(x<1\\) be 50\\% of \\#3 \\& a\\_b [c] \\textasciitilde{} \\$5:')
    expect(tex).toContain('\\section*{Title}\nQED \\textbackslash{}alpha')
    expect(tex).toContain('x + \\textbackslash{}unknown y')
    expect(tex).toContain('% The image is empty')
  })

  it('in Typst compiles', async () => {
    const compiled = NodeCompiler.create().compile({ mainFileContent: await text('typ') })
    expect(compiled.hasError()).toBe(false)
  })

  it('in Markdown has all displays', async () => {
    const html = micromark(await text('md', items.slice(0, -2)), {
      extensions: [math()],
      htmlExtensions: [mathHtml({ strict: 'ignore' })],
    })
    expect(html.match(/math-display/g)).toHaveLength(everyConstruct.length + 1)
    expect(html).not.toContain('katex-error')
  })

  it('for the web is well formed and has its images inside', async () => {
    const page = (await text('page')).replace('<!doctype html>', '').replace('<meta charset="utf-8">', '')
    const root = parser.parseFromString(page.replace(/<br>|<img [^>]*>/g, ''), 'text/xml')
    expect(root.getElementsByTagName('math')).toHaveLength(everyConstruct.length + 2)
    expect(page.match(/<img src="data:image\/png;base64,AQID" alt="[^"]*&lt;b&gt;\.png">/g)).toHaveLength(
      everyConstruct.length + 2,
    )
    expect(page).not.toMatch(/<script|https?:(?!\/\/www\.w3\.org)/)
  })
})

describe('a table', () => {
  it.each<FileFormat>(['csv', 'tsv'])('%s is parsed back, and no cell is a command', async (format) => {
    const commands = ['=cmd()', '+1', '-x', '@a', '\tx', 'a,"b"\n c']
    const written = await text(format, [...commands.map(itemOf), missing])
    const { data, errors } = Papa.parse<Record<string, string>>(written.replace(/^\ufeff/, ''), {
      header: true,
      skipEmptyLines: true,
    })
    expect(errors).toEqual([])
    const cells = data.map(({ latex = '' }) => latex)
    expect(cells.some((cell) => /^[=+\-@\t\r]/.test(cell))).toBe(false)
    expect(cells.map((cell) => cell.replace(/^'/, ''))).toEqual([...commands, ''])
    expect(data.at(-1)).toMatchObject({ key: 'none', error: 'The image is empty' })
  })
})

it('data are read again', async () => {
  const lines = items.map(({ line }) => line)
  expect(JSON.parse(await text('json_list'))).toEqual(lines)
  const read = (await text('jsonl')).trimEnd().split('\n')
  expect(read.map((line) => JSON.parse(line) as unknown)).toEqual(lines)
})
