import { keysOf } from './keys-of.ts'

/**
 * What takes the text, and by whose check a format goes (testing/node/formats): a display of one's own in a TeX document, a paragraph of
 * one, the document itself; a reader of XML, Typst, AsciiMath, CommonMark with math, Word, tables, JSON; a person.
 */
export type Consumer =
  | 'TeX display'
  | 'TeX paragraph'
  | 'TeX document'
  | 'MathML'
  | 'HTML'
  | 'Typst'
  | 'AsciiMath'
  | 'CommonMark'
  | 'Word'
  | 'table'
  | 'JSON'
  | 'reader'

export type FormatEntry = {
  /** What it is called on screen; the examples are the formats themselves. */
  readonly name: string
  /** One line about it, for the documentation and where it can be chosen. */
  readonly about: string
  /** Formats of one group stand together. */
  readonly group: 'LaTeX' | 'notation' | 'text' | 'document' | 'table' | 'data' | 'folder'
  /** Of its file, without the dot. */
  readonly extension: string
  readonly mediaType: string
  readonly check: Consumer
  /** The clipboard carries this beside the text. */
  readonly clipboard?: 'html'
}

/** One formula or several, as text for the clipboard and lines of the terminal, in the order of the menu. `node/formats` writes them. */
export const COPY_FORMATS = {
  latex: {
    name: 'LaTeX',
    about: 'The formula alone, for inside of a display.',
    group: 'LaTeX',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX display',
  },
  dollar: {
    name: '$…$',
    about: 'In a line of text, for TeX and Markdown.',
    group: 'LaTeX',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX paragraph',
  },
  inline: {
    name: '\\(…\\)',
    about: 'In a line of text, for LaTeX.',
    group: 'LaTeX',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX paragraph',
  },
  bracket: {
    name: '\\[…\\]',
    about: 'A display, for LaTeX.',
    group: 'LaTeX',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX paragraph',
  },
  double_dollar: {
    name: '$$…$$',
    about: 'A display, for Markdown and plain TeX.',
    group: 'LaTeX',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX paragraph',
  },
  equation: {
    name: 'equation',
    about: 'A numbered display.',
    group: 'LaTeX',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX paragraph',
  },
  align: {
    name: 'align',
    about: 'Numbered displays, aligned at their relations; several formulas make one.',
    group: 'LaTeX',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX paragraph',
  },
  mathml: {
    name: 'MathML',
    about: 'For Word, which makes an equation of it, and for web pages.',
    group: 'notation',
    extension: 'mml',
    mediaType: 'application/mathml+xml',
    check: 'MathML',
    clipboard: 'html',
  },
  typst: {
    name: 'Typst',
    about: 'With its dollars.',
    group: 'notation',
    extension: 'typ',
    mediaType: 'text/vnd.typst',
    check: 'Typst',
  },
  asciimath: {
    name: 'AsciiMath',
    about: 'As one types it in learning platforms.',
    group: 'notation',
    extension: 'txt',
    mediaType: 'text/plain',
    check: 'AsciiMath',
  },
  unicode: {
    name: 'Unicode text',
    about: 'Plain text for messages and mails.',
    group: 'text',
    extension: 'txt',
    mediaType: 'text/plain',
    check: 'reader',
  },
  markdown: {
    name: 'Markdown',
    about: 'Prose with `$…$` and `$$…$$`.',
    group: 'text',
    extension: 'md',
    mediaType: 'text/markdown',
    check: 'CommonMark',
  },
  html: {
    name: 'HTML',
    about: 'Prose with MathML, for web pages.',
    group: 'text',
    extension: 'html',
    mediaType: 'text/html',
    check: 'HTML',
    clipboard: 'html',
  },
} as const satisfies Readonly<Record<string, FormatEntry>>

export type CopyFormat = keyof typeof COPY_FORMATS
export const COPY_FORMAT_NAMES = keysOf(COPY_FORMATS)

/** What an engine said, or what became of images. */
export const RESULT_FORMATS = {
  json: {
    name: 'JSON',
    about: 'All that the engine said.',
    group: 'data',
    extension: 'json',
    mediaType: 'application/json',
    check: 'JSON',
  },
  jsonl: {
    name: 'JSON lines',
    about: 'One line for each image: key, file, LaTeX, confidence, error and all that the engine said.',
    group: 'data',
    extension: 'jsonl',
    mediaType: 'application/jsonl',
    check: 'JSON',
  },
} as const satisfies Readonly<Record<string, FormatEntry>>

export type ResultFormat = keyof typeof RESULT_FORMATS
export const RESULT_FORMAT_NAMES = keysOf(RESULT_FORMATS)

/** What is saved of a batch or a selection: one file, or a folder of files, in the order of the dialog. `node/formats/documents` writes them. */
export const DOCUMENT_FORMATS = {
  docx: {
    name: 'Word document',
    about: 'Real equations, which Word and LibreOffice can edit.',
    group: 'document',
    extension: 'docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    check: 'Word',
  },
  tex: {
    name: 'LaTeX document',
    about: 'Compiles as it is.',
    group: 'document',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX document',
  },
  md: {
    name: 'Markdown document',
    about: 'Prose with $…$ and $$…$$.',
    group: 'document',
    extension: 'md',
    mediaType: 'text/markdown',
    check: 'CommonMark',
  },
  page: {
    name: 'Web page with the images',
    about: 'One HTML file: each image with its formula below.',
    group: 'document',
    extension: 'html',
    mediaType: 'text/html',
    check: 'HTML',
  },
  typ: {
    name: 'Typst document',
    about: 'Compiles as it is.',
    group: 'document',
    extension: 'typ',
    mediaType: 'text/vnd.typst',
    check: 'Typst',
  },
  csv: {
    name: 'Table (CSV)',
    about: 'Key, file, LaTeX, confidence and error; no cell is taken for a command.',
    group: 'table',
    extension: 'csv',
    mediaType: 'text/csv',
    check: 'table',
  },
  tsv: {
    name: 'Table (TSV)',
    about: 'The same with tabs.',
    group: 'table',
    extension: 'tsv',
    mediaType: 'text/tab-separated-values',
    check: 'table',
  },
  json_list: {
    name: 'JSON list',
    about: 'For each image key, file, LaTeX, confidence, error and all that the engine said.',
    group: 'data',
    extension: 'json',
    mediaType: 'application/json',
    check: 'JSON',
  },
  jsonl: RESULT_FORMATS.jsonl,
  tex_files: {
    name: 'LaTeX files in a folder',
    about: 'One file for each image, named as the image.',
    group: 'folder',
    extension: 'tex',
    mediaType: 'application/x-tex',
    check: 'TeX display',
  },
  raw_files: {
    name: 'Raw results in a folder',
    about: 'One JSON file for each image: all that the engine said.',
    group: 'folder',
    extension: 'json',
    mediaType: 'application/json',
    check: 'JSON',
  },
} as const satisfies Readonly<Record<string, FormatEntry>>

export type DocumentFormat = keyof typeof DOCUMENT_FORMATS
export const DOCUMENT_FORMAT_NAMES = keysOf(DOCUMENT_FORMATS)

/** A format that makes many files; the others make one. */
export const isFolderFormat = (format: DocumentFormat): boolean => DOCUMENT_FORMATS[format].group === 'folder'

/** The format whose file has the ending of this name; undefined where there is none. */
export function findDocumentFormat(fileName: string): DocumentFormat | undefined {
  const ending = /\.([A-Za-z]+)$/.exec(fileName)?.[1]?.toLowerCase()
  return DOCUMENT_FORMAT_NAMES.find(
    (format) => !isFolderFormat(format) && DOCUMENT_FORMATS[format].extension === ending,
  )
}
