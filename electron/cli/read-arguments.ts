import { parseArgs } from 'node:util'
import { LATEX_FORMATS, TEXT_FORMATS, type OcrOptions } from '../../shared/mathpix.ts'
import { DEFAULT_OPTIONS, MATHPIX_GLOBAL, type EngineChoice } from '../../shared/settings.ts'

export type ConvertCommand = {
  readonly inputs: readonly string[]
  readonly options: OcrOptions
  /** The format to print; undefined for the best LaTeX form. */
  readonly format?: string
  readonly engine: EngineChoice
  readonly out?: string
  readonly isJson: boolean
}

export const USAGE = `Usage: formulift convert <files, folders, URLs…> [options]

  --format NAME     what to ask for and print: ${[...new Set([...LATEX_FORMATS, ...TEXT_FORMATS])].join(', ')}
  --engine NAME     local (default) or mathpix (keys in MATHPIX_APP_ID and MATHPIX_APP_KEY)
  --out FILE        write the output to a file instead of stdout
  --json            one JSON object a line: file, latex, confidence, error, result

Exit code: 0 all images succeeded, 1 at least one failed, 2 wrong usage.`

/** Reads the command line; a string is what is wrong with it. */
export function readArguments(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ConvertCommand | 'help' | { readonly problem: string } {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        engine: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'unreadable arguments' }
  }
  const { values, positionals } = parsed
  if (values.help) return 'help'
  const [command, ...inputs] = positionals
  if (command !== 'convert')
    return { problem: command === undefined ? 'no command given' : `unknown command ${command}` }
  if (inputs.length === 0) return { problem: 'convert needs at least one file, folder or URL' }
  const { engine = 'local', format, out } = values
  if (engine !== 'local' && engine !== 'mathpix') return { problem: `unknown engine ${engine}` }
  if (format !== undefined && !isFormat(format)) return { problem: `unknown format ${format}` }
  return {
    inputs,
    options: format === undefined ? DEFAULT_OPTIONS : optionsFor(format),
    engine:
      engine === 'local'
        ? { kind: 'local' }
        : { kind: 'mathpix', baseUrl: env['MATHPIX_API'] ?? MATHPIX_GLOBAL },
    isJson: values.json ?? false,
    ...(format === undefined ? {} : { format }),
    ...(out === undefined ? {} : { out }),
  }
}

/**
 * LaTeX comes along whatever is asked for, so that `latex` is always filled; `html` and `data` exist in text
 * behaviour only.
 */
function optionsFor(format: string): OcrOptions {
  const isText = !(LATEX_FORMATS as readonly string[]).includes(format)
  return {
    ...DEFAULT_OPTIONS,
    ocr_behavior: isText ? 'text' : 'latex',
    formats: [...new Set([format, 'latex_styled', ...(isText ? ['text'] : [])])],
    ...(format === 'data' ? { data_options: { include_latex: true, include_asciimath: true } } : {}),
  }
}

function isFormat(name: string): boolean {
  return [...LATEX_FORMATS, ...TEXT_FORMATS].some((format) => format === name)
}
