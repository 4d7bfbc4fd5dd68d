import { setImmediate } from 'node:timers/promises'
import type { CopyFormat } from '../../shared/output-formats.ts'
import { splitMath, type CustomDelimiters } from '../../shared/split-math.ts'
import type { FormulaWriter } from './formula-writer.ts'
import { TEX_WRITERS } from './tex.ts'

/** What stands for one image: a formula, or prose with its formulas in delimiters. */
export type Formula = { readonly latex: string; readonly delimiters?: CustomDelimiters }

export type WrittenFormula = {
  readonly text: string
  /** Why it stands there as LaTeX: the format's reader of LaTeX could not read it. */
  readonly problem?: string
}

/** The writer of a format. What reads formulas for it takes a third of a second to load, and is loaded when it is wanted first. */
export async function loadWriter(format: CopyFormat): Promise<FormulaWriter> {
  if (format in TEX_WRITERS) return TEX_WRITERS[format as keyof typeof TEX_WRITERS]
  const { NOTATION_WRITERS } = await import('./notations.ts')
  return NOTATION_WRITERS[format as Exclude<CopyFormat, keyof typeof TEX_WRITERS>]
}

export const isProse = ({ latex, delimiters }: Formula): boolean =>
  splitMath(latex.trim(), delimiters).some(({ kind }) => kind !== 'prose')

/** One image's formula or prose in a format. A formula that cannot be read stays LaTeX, and the reason is told. */
export function writeFormula(writer: FormulaWriter, { latex, delimiters }: Formula): WrittenFormula {
  const trimmed = latex.trim()
  const segments = splitMath(trimmed, delimiters)
  let problem: string | undefined
  const attempt = (write: () => string, source: string): string => {
    try {
      return write()
    } catch (error) {
      problem ??= error instanceof Error ? error.message : String(error)
      return writer.prose(source)
    }
  }
  const isOnlyMath = segments.every(({ kind }) => kind === 'prose')
  const text = isOnlyMath
    ? attempt(() => writer.alone(trimmed), trimmed)
    : (writer.passage ?? keep)(
        segments
          .map(({ kind, value, source }) =>
            kind === 'prose'
              ? writer.prose(source)
              : attempt(() => writer.inside({ latex: value, kind, source }), source),
          )
          .join(''),
      )
  return problem === undefined ? { text } : { text, problem }
}

const keep = (text: string): string => text

/** How long formulas are written at a stretch, in milliseconds, before others have their turn. */
const STRETCH_MS = 20

/** Each in its format; thousands of them do not hold the process up. */
export async function writeEach<Source, Written>(
  all: readonly Source[],
  write: (one: Source, index: number) => Written | Promise<Written>,
): Promise<Written[]> {
  const written: Written[] = []
  let began = performance.now()
  for (const [index, one] of all.entries()) {
    written.push(await write(one, index))
    if (performance.now() - began < STRETCH_MS) continue
    await setImmediate()
    began = performance.now()
  }
  return written
}

export type WrittenFormulas = { readonly text: string; readonly problems: readonly string[] }

/** Several, one after the other on lines of their own; or as one, where the format has them together. Empty ones are left out. */
export async function writeFormulas(
  formulas: readonly Formula[],
  format: CopyFormat,
): Promise<WrittenFormulas> {
  const writer = await loadWriter(format)
  const present = formulas.filter(({ latex }) => latex.trim() !== '')
  if (writer.together && present.length > 1 && !present.some(isProse))
    return { text: writer.together(present.map(({ latex }) => latex.trim())), problems: [] }
  const written = await writeEach(present, (formula) => writeFormula(writer, formula))
  return {
    text: written.map(({ text }) => text).join('\n'),
    problems: written.flatMap(({ problem }) => problem ?? []),
  }
}
