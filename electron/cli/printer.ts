import type { Item } from '../../shared/batch.ts'
import type { ResultLine } from '../../shared/result-line.ts'
import { terminalJson } from '../../shared/terminal-text.ts'
import type { DocumentItem } from '../../node/formats/documents/document.ts'
import { loadWriter, writeFormula } from '../../node/formats/write-formulas.ts'
import { toDocumentItem } from '../export/document-items.ts'
import type { OutputChoice } from './arguments.ts'
import type { ResultOutput } from './output-file.ts'
import { note } from './session.ts'
import { toTextLine } from './text-line.ts'
import { findDocument, findMade } from './usage-text.ts'

/** Takes images as they come, in order, and writes each or all together. */
export type Printer = {
  readonly print: (item: Item, line: ResultLine) => Promise<void>
  /** After the last. */
  readonly end: () => Promise<void>
}

type ImageFile = (itemId: string) => string | undefined

/** A printer for what was chosen: lines, or one document. */
export function createPrinter(
  how: OutputChoice,
  out: ResultOutput,
  imageFile: ImageFile = () => undefined,
): Printer {
  const document = findDocument(how.format)
  if (document === undefined) return createLines(how, out)
  const items: DocumentItem[] = []
  return {
    print: (item, line) => {
      items.push(toDocumentItem(item, line, { image: imageFile(item.id) }))
      return Promise.resolve()
    },
    end: async () => {
      for (const problem of await out.document(items, document)) note(`It stays LaTeX: ${problem}`)
    },
  }
}

function createLines(how: OutputChoice, out: ResultOutput): Printer {
  const made = findMade(how.format)
  const print = async (_: Item, line: ResultLine): Promise<void> => {
    if (how.isJson) return out.write(terminalJson(line))
    if (made === undefined) return out.write(toTextLine(line, how.format))
    const latex =
      line.latex === null ? null : writeFormula(await loadWriter(made), { latex: line.latex }).text
    return out.write(toTextLine({ ...line, latex }, undefined))
  }
  return { print, end: () => Promise.resolve() }
}
