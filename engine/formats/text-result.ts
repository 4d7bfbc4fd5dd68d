import type { LatexToken } from '../../shared/latex/tokens.ts'
import type { OcrResult } from '../../shared/mathpix.ts'
import type { Read } from '../reading.ts'
import type { EngineOptions } from '../validate-options.ts'
import { extractData, renderHtml } from './mathpix-markdown.ts'
import { createLayoutData } from './line-data.ts'
import { listLines } from './page-lines.ts'
import { isOneEquation } from './segments.ts'
import { findTable } from './tables.ts'
import { PLAIN_TEXT_STYLE, writeLines, writeMath, type TextStyle } from './text-form.ts'
import { dropSingleBraces, removeFonts, useIdiomaticArrays } from './transforms.ts'

/** The format members of the text behaviour: `text` where nothing was asked for; unknown names give nothing. */
export function createTextFormats(reading: Read, options: EngineOptions): OcrResult {
  const formats = new Set(options.formats?.length ? options.formats : ['text'])
  const style = createTextStyle(options)
  const lines = listLines(
    reading,
    (tokens) => rewrite(tokens, options),
    options['include_equation_tags'] === true,
  ).map(findTable)
  const result: OcrResult = {}
  if (formats.has('text')) result.text = writeLines(lines, style)
  const [only] = lines[0] ?? []
  if (formats.has('latex_styled') && isOneEquation(lines) && only?.kind === 'math') {
    result.latex_styled = breakRows(writeMath(only.tokens, style.rmSpaces))
  }
  // `html` and `data` are made from Mathpix Markdown with its own delimiters, whatever `text` shows.
  const { inline, display } = PLAIN_TEXT_STYLE
  const markdown =
    formats.has('html') || formats.has('data') ? writeLines(lines, { ...style, inline, display }) : ''
  if (formats.has('html')) result.html = renderHtml(markdown, options.data_options ?? {})
  if (formats.has('data')) result.data = extractData(markdown, options.data_options ?? {})
  Object.assign(result, createLayoutData(reading, options, lines, style))
  return result
}

function rewrite(tokens: readonly LatexToken[], options: EngineOptions): LatexToken[] {
  let output = [...tokens]
  if (options.rm_fonts === true) output = removeFonts(output)
  if (options.idiomatic_eqn_arrays === true || options['include_equation_tags'] === true)
    output = useIdiomaticArrays(output)
  if (options.idiomatic_braces === true) output = dropSingleBraces(output)
  return output
}

function createTextStyle(options: EngineOptions): TextStyle {
  return {
    ...PLAIN_TEXT_STYLE,
    inline: options.math_inline_delimiters ?? PLAIN_TEXT_STYLE.inline,
    display: options.math_display_delimiters ?? PLAIN_TEXT_STYLE.display,
    rmSpaces: options.rm_spaces ?? true,
    hasMathNumbers: options.numbers_default_to_math ?? false,
    hasMathFonts: options['math_fonts_default_to_math'] === true,
  }
}

/** `latex_styled` of the text behaviour has its arrays on several lines, `text` on one. */
function breakRows(latex: string): string {
  return latex
    .replace(/\\begin\{(?:array\}\{[^}]*|cases|gathered)\}/g, '$&\n')
    .replace(/ \\\\ /g, ' \\\\\n')
    .replace(/ ?\\end\{(?:array|cases|gathered)\}/g, (end) => `\n${end.trim()}`)
}
