import type { Batch } from '../../shared/batch.ts'
import {
  COPY_FORMATS,
  type CopyFormat,
  type FormatEntry,
  type ResultFormat,
} from '../../shared/output-formats.ts'
import { dropSecrets } from '../../shared/redact.ts'
import { toResultLine } from '../../shared/result-line.ts'
import { writeJson } from '../../shared/write-json.ts'
import { writeClipboardHtml } from '../../node/formats/clipboard-html.ts'
import { writeFormulas } from '../../node/formats/write-formulas.ts'
import { nameItem, wasRun } from './document-items.ts'
import { listFormulas } from './list-formulas.ts'

type Copied = { readonly copied: number; readonly problems: string[] }
type WriteClipboard = (text: string, html?: string) => Promise<void>

/** Writes images of a batch to the clipboard; without anything to write it is left as it is. */
export async function copyItems(
  batch: Batch,
  { itemIds, format }: { readonly itemIds: readonly string[]; readonly format: CopyFormat | ResultFormat },
  writeClipboard: WriteClipboard,
): Promise<Copied> {
  if (format === 'json' || format === 'jsonl') {
    const texts = listResults(batch, itemIds, format)
    if (texts.length > 0) await writeClipboard(`${texts.join('\n')}${format === 'jsonl' ? '\n' : ''}`)
    return { copied: texts.length, problems: [] }
  }
  const formulas = listFormulas(batch, itemIds).flatMap(({ formula }) => formula ?? [])
  if (formulas.length === 0) return { copied: 0, problems: [] }
  const { text, problems } = await writeFormulas(formulas, format)
  const { clipboard }: FormatEntry = COPY_FORMATS[format]
  await (clipboard === 'html'
    ? writeClipboard(text, await writeClipboardHtml(formulas))
    : writeClipboard(text))
  return { copied: formulas.length, problems: [...problems] }
}

/** What the engine said of each, or what became of each that was run. */
function listResults(batch: Batch, itemIds: readonly string[], format: ResultFormat): string[] {
  return listFormulas(batch, itemIds).flatMap(({ item }) => {
    if (format === 'json') return item.result ? [writeJson(dropSecrets(item.result))] : []
    return wasRun(item) ? [JSON.stringify(toResultLine(item, nameItem(item)))] : []
  })
}
