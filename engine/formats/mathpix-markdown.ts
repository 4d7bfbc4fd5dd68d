import { createRequire } from 'node:module'
import { z } from 'zod'
import type { DATA_OPTIONS } from '../../shared/option-values.ts'

/** Which notations of each equation go into `html` and `data`; the names of `data_options`. */
export type MarkdownOutput = Readonly<Partial<Record<(typeof DATA_OPTIONS)[number], boolean>>>

export type Extract = { readonly type: string; readonly value: string }

const Extracts = z.array(z.object({ type: z.string(), value: z.string() }))

type MarkdownModel = {
  markdownToHTML(markdown: string, options: unknown): string
  parseMarkdownByHTML(html: string, includeSubMath: boolean): unknown
}

type Library = { readonly model: MarkdownModel; readonly browser: Readonly<Record<string, unknown>> }

/**
 * Half a second and 55 MB to load, so only where a format needs it, and once. The library wants a browser's globals; linkedom's
 * are enough for it. It is required, not imported: its own types pull in React's.
 */
let library: Library | undefined
function load(): Library {
  const require = createRequire(import.meta.url)
  const linkedom = require('linkedom') as {
    parseHTML(html: string): { window: { document: unknown } }
    DOMParser: unknown
  }
  const { window } = linkedom.parseHTML('<!doctype html><html><head></head><body></body></html>')
  const browser = { window, document: window.document, DOMParser: linkedom.DOMParser }
  const { MathpixMarkdownModel } = asInBrowser(
    browser,
    () => require('mathpix-markdown-it') as { MathpixMarkdownModel: MarkdownModel },
  )
  return { model: MathpixMarkdownModel, browser }
}

function useModel<T>(work: (model: MarkdownModel) => T): T {
  const { model, browser } = (library ??= load())
  return asInBrowser(browser, () => work(model))
}

/** Other libraries take a process with a `document` for a page, so the globals are there only while this one works. */
function asInBrowser<T>(browser: Library['browser'], work: () => T): T {
  const before = Object.keys(browser).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  )
  Object.assign(globalThis, browser)
  try {
    return work()
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor)
      else Reflect.deleteProperty(globalThis, name)
    }
  }
}

/** HTML of Mathpix Markdown, as the text behaviour returns it. With no notation asked for, equations are drawn as SVG. */
export function renderHtml(markdown: string, output: MarkdownOutput): string {
  const hasNotation = Object.values(output).some(Boolean)
  const render = (): string =>
    useModel((model) =>
      model.markdownToHTML(markdown, {
        htmlTags: false,
        outMath: {
          include_asciimath: output.include_asciimath === true,
          include_latex: output.include_latex === true,
          include_mathml: output.include_mathml === true,
          include_svg: output.include_svg === true || !hasNotation,
          include_tsv: output.include_tsv === true,
          include_table_html: output.include_table_html === true,
        },
      }),
    )
  return `${tidyMathml(runQuietly(render)).trimEnd()}\n`
}

/** The equations of Mathpix Markdown in the notations asked for, in order. One that cannot be converted is left out. */
export function extractData(markdown: string, output: MarkdownOutput): Extract[] {
  if (!Object.values(output).some(Boolean)) return []
  const html = renderHtml(markdown, output)
  const extracts = Extracts.parse(useModel((model) => model.parseMarkdownByHTML(html, false)))
  return extracts.filter(({ type, value }) => type !== 'error' && value !== '')
}

/** One formula as MathML or AsciiMath; undefined where MathJax cannot read it. */
export function convertMath(latex: string, type: 'mathml' | 'asciimath'): string | undefined {
  const extracts = extractData(`\\( ${latex} \\)`, { [`include_${type}`]: true })
  return extracts.find((extract) => extract.type === type)?.value
}

/** The library prints formulas that it cannot read; what stands in users' images does not belong in a log. */
function runQuietly<T>(work: () => T): T {
  const { log } = console
  console.log = () => undefined
  try {
    return work()
  } finally {
    console.log = log
  }
}

/** MathJax's own attributes and indentation say nothing to a reader of MathML. */
function tidyMathml(html: string): string {
  return html.replace(/<math[\s>][\s\S]*?<\/math>/g, (math) =>
    math.replace(/ data-mjx-[a-z-]+="[^"]*"/g, '').replace(/>\s*\n\s*</g, '><'),
  )
}
