import type { Batch, Item } from '../../shared/batch.ts'
import { isRunning } from '../../shared/batch-progress.ts'
import { toResultLine, type ResultLine } from '../../shared/result-line.ts'
import { describeUnread } from '../../shared/unread.ts'
import type { OutputChoice } from './arguments.ts'
import { nameImages } from './name-images.ts'
import type { ResultOutput } from './output-file.ts'
import { createPrinter, type Printer } from './printer.ts'
import { createProgress } from './progress.ts'
import { note, type Session } from './session.ts'
import { describeWaiting } from './tell-waiting.ts'
import { PRINTED_FORMATS } from './usage-text.ts'

/** Prints each image once it and all before it are settled. Answers whether any failed. */
export async function printAsReady(
  session: Session,
  how: OutputChoice,
  out: ResultOutput,
  signal: AbortSignal,
): Promise<{ hasFailed: boolean }> {
  const progress = createProgress(note)
  const printer = createPrinter(how, out, (id) => imageOf(session, id))
  let printed = 0
  let hasFailed = false
  const told = new Set<string>()
  try {
    for (;;) {
      const batch = session.batch()
      if (!batch || signal.aborted) return { hasFailed: true }
      tellAccepted(batch, told)
      for (const words of describeWaiting(batch, told)) note(words)
      const isAllDone = !isRunning(batch) && batch.items.every(({ state }) => state !== 'preparing')
      progress.show(batch.items.filter(isSettled).length, batch.items.length)
      // Pages of a file become items of their own while they are read: only then are the names known.
      const names = namesOf(session, batch)
      for (; printed < batch.items.length; printed += 1) {
        const item = batch.items[printed]
        if (!item || (!isSettled(item) && !isAllDone)) break
        const line = toLine(item, batch, names, how)
        hasFailed ||= line.error !== null
        tellUnread(item, line)
        await printer.print(item, line)
      }
      if (isAllDone) await printer.end()
      if (isAllDone) return { hasFailed: hasFailed || batch.items.length === 0 }
      await session.changed.next()
    }
  } finally {
    progress.end()
  }
}

/** Everything that is there now, in order. Answers whether any image failed. */
export async function printNow(
  batch: Batch,
  names: ReadonlyMap<string, string>,
  how: OutputChoice,
  printer: Printer,
): Promise<{ hasFailed: boolean }> {
  let hasFailed = false
  for (const item of batch.items) {
    const line = toLine(item, batch, names, how)
    hasFailed ||= line.error !== null
    tellUnread(item, line)
    await printer.print(item, line)
  }
  await printer.end()
  return { hasFailed }
}

/** Ids of accepted batches, as they come: with them the service's support can find the images. */
function tellAccepted(batch: Batch, told: Set<string>): void {
  for (const { id, batch_id, itemIds } of batch.submissions) {
    if (batch_id === undefined || told.has(id)) continue
    told.add(id)
    note(`batch_id ${String(batch_id)}: ${String(itemIds.length)} images`)
  }
}

function tellUnread(item: Item, { file }: ResultLine): void {
  const words = describeUnread(item)
  if (words !== undefined) note(`${file}: ${words}`)
}

function namesOf({ service, run }: Session, batch: Batch): ReadonlyMap<string, string> {
  return nameImages(batch.items, (id) => service.sourcePath(batch.id, id), run.record.cwd)
}

function toLine(item: Item, batch: Batch, names: ReadonlyMap<string, string>, how: OutputChoice): ResultLine {
  const line = toResultLine(withReason(item, batch), names.get(item.id) ?? item.source.name)
  const isAsked = how.format !== undefined && PRINTED_FORMATS.includes(how.format)
  if (line.error !== null || !isAsked || line.result?.[how.format ?? ''] !== undefined) return line
  const message = `The engine gave no ${how.format} for this image.`
  return { ...line, error: { kind: 'unexpected_response', message } }
}

const imageOf = ({ service, batch }: Session, itemId: string): string | undefined => {
  const id = batch()?.id
  return id === undefined ? undefined : service.imageFile(id, itemId, 'image')
}

function isSettled(item: Item): boolean {
  return item.state === 'completed' || item.state === 'error'
}

/** An image that came back unsent tells why: the reason stands at its submission. */
function withReason(item: Item, batch: Batch): Item {
  if (isSettled(item)) return item
  const error = batch.submissions.find(
    (submission) => submission.itemIds.includes(item.id) && submission.error,
  )?.error
  return error ? { ...item, error } : item
}
