import { COPY_FORMAT_NAMES, COPY_FORMATS, type CopyFormat } from '../../shared/output-formats.ts'
import { loadWriter, writeFormula } from '../../node/formats/write-formulas.ts'
import { everyConstruct } from './every-construct.ts'
import { READERS } from './read-formats.ts'

export type FormatCheck = {
  readonly format: CopyFormat
  /** Who read it. */
  readonly reader: string
  readonly formulas: number
  /** What is wrong with those that did not come out. */
  readonly failures: readonly string[]
}

/** Every construct through every format of the clipboard, read by the format's consumer. */
export function checkFormats(): Promise<FormatCheck[]> {
  return Promise.all(
    COPY_FORMAT_NAMES.map(async (format) => {
      const writer = await loadWriter(format)
      const reader = READERS[COPY_FORMATS[format].check]
      const failures = everyConstruct.flatMap((latex) => {
        const { text, problem } = writeFormula(writer, { latex })
        const found = problem ?? (reader ? attempt(() => reader.read(text, latex)) : 'nobody reads it')
        return found === undefined ? [] : [`${latex}: ${text}: ${found}`]
      })
      return { format, reader: reader?.name ?? '', formulas: everyConstruct.length, failures }
    }),
  )
}

function attempt(read: () => string | undefined): string | undefined {
  try {
    return read()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
