import { parseArgs } from 'node:util'
import type { UnclearChoice } from '../../shared/ipc/contract.ts'
import { LATEX_FORMATS } from '../../shared/option-values.ts'
import { type OcrOptions, DEFAULT_OPTIONS } from '../../shared/parameters.ts'
import { type EngineChoice } from '../../shared/settings.ts'
import { findServer } from './keys.ts'
import { findDocumentFormat } from '../../shared/output-formats.ts'
import { findDocument, findMade, PRINTED_FORMATS } from './usage-text.ts'

/** How results are printed. */
export type OutputChoice = {
  /** The format to print; undefined for the best LaTeX form. */
  readonly format?: string
  readonly out?: string
  readonly isJson: boolean
}

export type ConvertCommand = OutputChoice & {
  readonly name: 'convert'
  readonly inputs: readonly string[]
  readonly options: OcrOptions
  readonly engine: EngineChoice
}

export type CliCommand = { readonly data?: string } & (
  | ConvertCommand
  | { readonly name: 'list'; readonly isJson: boolean }
  | (Partial<OutputChoice> & {
      readonly name: 'resume'
      readonly id: string
      readonly unclear: UnclearChoice
    })
  | (Partial<OutputChoice> & { readonly name: 'export'; readonly id: string })
  | { readonly name: 'remove'; readonly id: string; readonly isSure: boolean }
)

type Problem = { readonly problem: string }

const SPECIFICATION = {
  format: { type: 'string' },
  engine: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  data: { type: 'string' },
  'send-again': { type: 'boolean' },
  'give-up': { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Values = {
  readonly [Name in keyof typeof SPECIFICATION]?: (typeof SPECIFICATION)[Name]['type'] extends 'string'
    ? string | undefined
    : boolean | undefined
}

/** Options that a command takes besides `--data` and `--help`. */
const TAKES: Readonly<Record<CliCommand['name'], readonly string[]>> = {
  convert: ['format', 'engine', 'out', 'json'],
  list: ['json'],
  resume: ['format', 'out', 'json', 'send-again', 'give-up'],
  export: ['format', 'out', 'json'],
  remove: ['yes'],
}

/** Reads the command line; a `problem` is what is wrong with it. */
export function readArguments(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): CliCommand | 'help' | Problem {
  let parsed
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: SPECIFICATION })
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'unreadable arguments' }
  }
  const { values, positionals } = parsed
  if (values.help) return 'help'
  const command = readCommand(values, positionals, env)
  if ('problem' in command) return command
  const given = Object.keys(values).filter((name) => name !== 'data')
  const foreign = given.find((name) => !TAKES[command.name].includes(name))
  if (foreign !== undefined) return { problem: `--${foreign} means nothing to ${command.name}` }
  return values.data === undefined ? command : { ...command, data: values.data }
}

function readCommand(
  values: Values,
  [word, ...rest]: readonly string[],
  env: NodeJS.ProcessEnv,
): CliCommand | Problem {
  const { format } = values
  const document = findDocument(format)
  if (format !== undefined && !document && !findMade(format) && !PRINTED_FORMATS.includes(format))
    return { problem: `unknown format ${format}` }
  if (document && values.out === undefined) return { problem: `${document} needs --out, where it is written` }
  if (values.json && (document || findMade(format)))
    return { problem: `--json and --format ${format ?? ''} exclude each other` }
  if (word === 'convert') return readConvert(values, rest, env)
  if (word === 'batch') return readBatch(values, rest)
  return { problem: word === undefined ? 'no command given' : `unknown command ${word}` }
}

function readConvert(
  { engine = 'local', ...values }: Values,
  inputs: readonly string[],
  env: NodeJS.ProcessEnv,
): CliCommand | Problem {
  if (inputs.length === 0) return { problem: 'convert needs at least one file, folder or URL' }
  if (engine !== 'local' && engine !== 'mathpix') return { problem: `unknown engine ${engine}` }
  return {
    name: 'convert',
    inputs,
    options:
      values.format !== undefined && PRINTED_FORMATS.includes(values.format)
        ? optionsFor(values.format)
        : DEFAULT_OPTIONS,
    engine: engine === 'local' ? { kind: 'local' } : { kind: 'mathpix', baseUrl: findServer(env) },
    isJson: values.json ?? false,
    ...readOutput(values),
  }
}

function readBatch(values: Values, [word, id, ...more]: readonly string[]): CliCommand | Problem {
  if (word === 'list')
    return id === undefined
      ? { name: 'list', isJson: values.json ?? false }
      : { problem: 'batch list takes no ID' }
  if (word !== 'resume' && word !== 'export' && word !== 'remove')
    return { problem: 'batch needs one of list, resume, export, remove' }
  if (id === undefined || more.length > 0)
    return { problem: `batch ${word} needs one ID; batch list shows them` }
  if (word === 'remove') return { name: word, id, isSure: values.yes ?? false }
  if (word === 'export') return { name: word, id, ...readOutput(values) }
  if (values['send-again'] && values['give-up'])
    return { problem: '--send-again and --give-up exclude each other' }
  const unclear = values['send-again'] ? 'send_again' : values['give-up'] ? 'give_up' : 'look'
  return { name: word, id, unclear, ...readOutput(values) }
}

function readOutput({ format: named, out, json }: Values): Partial<OutputChoice> {
  const format = named ?? (out === undefined || json ? undefined : findByEnding(out))
  return {
    ...(json === undefined ? {} : { isJson: json }),
    ...(format === undefined ? {} : { format }),
    ...(out === undefined ? {} : { out }),
  }
}

/** Lines of JSON have a switch of their own, `--json`, so that their ending means no document. */
function findByEnding(out: string): string | undefined {
  const format = findDocumentFormat(out)
  return format === 'jsonl' || format === 'json_list' ? undefined : format
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
