import type { FormulaWriter } from '../formula-writer.ts'
import { escapeXml } from '../mathml.ts'
import { NOTATION_WRITERS } from '../notations.ts'
import { readFormula } from '../read-formula.ts'
import { TEX_WRITERS } from '../tex.ts'
import { writeEach, writeFormula, type WrittenFormula } from '../write-formulas.ts'
import type { DocumentItem, WriteDocument, WrittenDocument } from './document.ts'

/** Documents that are text: a head, a part for each image, a foot. */

type DocumentLayout = {
  readonly writer: FormulaWriter
  readonly open: (title: string, body: string) => string
  readonly close: string
  /** One image; `text` is empty where nothing was read. */
  readonly part: (item: DocumentItem, text: string) => string | Promise<string>
}

const createText =
  ({ writer, open, close, part }: DocumentLayout): WriteDocument =>
  async (items, title): Promise<WrittenDocument> => {
    const problems: string[] = []
    const parts = await writeEach(items, (item) => {
      const written: WrittenFormula = item.formula ? writeFormula(writer, item.formula) : { text: '' }
      if (written.problem !== undefined) problems.push(`${item.line.key}: ${written.problem}`)
      return part(item, written.text)
    })
    const body = parts.join('\n')
    return { content: `${open(title, body)}${body}${close}`, problems }
  }

/** What is said where no formula is. */
const describeLack = ({ error }: DocumentItem): string => error ?? 'Nothing was read.'

/** In a comment, on one line. */
const nameIn = ({ line: { key, file } }: DocumentItem): string =>
  `${key} (${file})`.replace(/[\r\n]+/g, ' ').replace(/--/g, '- -')

const readable = (latex: string): string => {
  // What does not parse would end the compilation.
  readFormula(latex, true)
  return latex
}

const texWriter: FormulaWriter = {
  alone: (latex) => TEX_WRITERS.bracket.alone(readable(latex)),
  inside: (math) => TEX_WRITERS.bracket.inside({ ...math, latex: readable(math.latex) }),
  prose: escapeTex,
}

/** Mathpix Markdown as TeX: its headings and tables are commands of LaTeX already, what TeX would take for something else is not. */
function escapeTex(text: string): string {
  return text
    .split(/(\\begin\{tabular\}[\s\S]*?\\end\{tabular\})/)
    .map((piece, at) => (at % 2 === 1 ? piece : escapeWords(piece)))
    .join('')
}

const escapeWords = (text: string): string =>
  text
    .replace(/(?<!\\)[%&_$]/g, '\\$&')
    .replace(/^#{1,6} +(.*)$/gm, '\\section*{$1}')
    .replace(/(?<!\\)#/g, '\\#')
    .replace(/(?<!\\)~/g, '\\textasciitilde{}')
    .replace(/(?<!\\)\^/g, '\\textasciicircum{}')
    .replace(/\\(?!(?:[%&_$#{}\\]|[a-zA-Z]+))/g, '\\textbackslash{}')
    .replace(
      /\\(?!(?:section|title|author|textbf|textit|underline|begin|end|item|text[a-z]+)(?![a-z]))([a-zA-Z]+)/g,
      '\\textbackslash{}$1',
    )

const hasCyrillic = /[\u0400-\u04ff]/

export const TEXT_DOCUMENTS = {
  tex: createText({
    writer: texWriter,
    open: (_, body) =>
      [
        '\\documentclass{article}',
        ...(hasCyrillic.test(body) ? ['\\usepackage[T2A,T1]{fontenc}'] : []),
        '\\usepackage{amsmath,amssymb}',
        ...(body.includes('\\cancel')
          ? ['\\IfFileExists{cancel.sty}{\\usepackage{cancel}}{\\let\\cancel\\relax}']
          : []),
        '\\begin{document}',
        '',
      ].join('\n'),
    close: '\\end{document}\n',
    part: (item, text) => `% ${nameIn(item)}\n${text === '' ? `% ${describeLack(item)}` : text}\n`,
  }),
  md: createText({
    writer: NOTATION_WRITERS.markdown,
    open: (title) => `# ${title.replace(/[\r\n]+/g, ' ')}\n\n`,
    close: '',
    part: (item, text) => `<!-- ${nameIn(item)} -->\n\n${text === '' ? `*${describeLack(item)}*` : text}\n`,
  }),
  typ: createText({
    writer: NOTATION_WRITERS.typst,
    open: (title) => `= ${NOTATION_WRITERS.typst.prose(title.replace(/[\r\n]+/g, ' '))}\n\n`,
    close: '',
    part: (item, text) => `// ${nameIn(item)}\n${text === '' ? `// ${describeLack(item)}` : text}\n`,
  }),
  page: createText({
    writer: NOTATION_WRITERS.html,
    open: (title) =>
      `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${escapeXml(title)}</title>\n<style>\n${STYLE}</style>\n</head>\n<body>\n<h1>${escapeXml(title)}</h1>\n`,
    close: '</body>\n</html>\n',
    part: async (item, text) => {
      const image = await item.readImage?.()
      const source = image && `data:${image.mime};base64,${Buffer.from(image.bytes).toString('base64')}`
      const picture = source === undefined ? '' : `<img src="${source}" alt="${escapeXml(item.line.file)}">\n`
      const content = text === '' ? `<p>${escapeXml(describeLack(item))}</p>` : text
      return `<section>\n<h2>${escapeXml(item.line.key)}</h2>\n${picture}${content}\n</section>`
    },
  }),
} as const satisfies Readonly<Record<string, WriteDocument>>

const STYLE = `body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font-family: sans-serif; color-scheme: light dark; }
section { margin: 2rem 0; }
h2 { font-size: 1rem; font-weight: normal; opacity: 0.7; }
img { max-width: 100%; }
math[display='block'] { font-size: 1.3rem; margin: 1rem 0; }
`
