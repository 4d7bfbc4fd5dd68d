import { describeError } from '../../../shared/describe-error.ts'
import { wordsOf, type Ending, type FaultCase } from './fault-case.ts'

export type Row = {
  readonly names: readonly string[]
  readonly moment: string
  readonly sees: string
  readonly end: string
  readonly again: string
}

/** One row for each case; plain HTTP statuses that differ in nothing but their number share one. */
export function rowsOf(cases: readonly FaultCase[]): Row[] {
  const rows = new Map<string, Row>()
  for (const fault of cases) {
    const row = rowOf(fault)
    const isStatus = /^HTTP \d+$/.test(fault.name) && !fault.engine
    const sees = isStatus ? row.sees.replace(/HTTP \d+/g, 'HTTP …') : row.sees
    const key = isStatus ? JSON.stringify([row.moment, sees, row.end]) : `${row.moment}: ${fault.name}`
    const before = rows.get(key)
    if (before && !isStatus) throw new Error(`two cases are called ${key}`)
    rows.set(
      key,
      before ? { ...before, names: [...before.names, fault.name.replace('HTTP ', '')], sees } : row,
    )
  }
  return [...rows.values()]
}

function rowOf(fault: FaultCase): Row {
  return {
    names: [fault.name],
    moment: MOMENTS[fault.at] + (fault.engine ? ' (this computer)' : ''),
    sees: wordsOf(fault.ends).join(' Then: ') || '–',
    end: endOf(fault),
    again: againOf(fault),
  }
}

const MOMENTS = { send: 'sending', ask: 'waiting', upload: 'upload' } as const

function endOf({ at, ends }: FaultCase): string {
  switch (ends.kind) {
    case 'unnoticed':
      return 'All images are read.'
    case 'goes_on':
      return 'All images are read, later.'
    case 'comes_back':
      return 'The images are ready to be sent again.'
    case 'unclear':
      return at === 'upload' ? 'The image is marked as failed.' : 'The images wait for your choice.'
    case 'image_fails':
      if (at === 'upload') return 'The image is marked as failed, others go on.'
      return ends.isAll
        ? 'The images are marked as failed.'
        : 'That image is marked as failed, the other is read.'
    case 'batch_fails':
      return 'Images without a result are marked as failed.'
  }
}

function againOf({ at, engine, ends, sends, uploads }: FaultCase): string {
  switch (ends.kind) {
    case 'unnoticed':
      if (uploads === undefined) return 'no'
      return at === 'send'
        ? 'by itself, image by image: nothing had been accepted'
        : 'by itself, once, as an upload of its own: the server had not got the image'
    case 'goes_on':
      if (at === 'ask') return 'no, results are only asked for again'
      if (engine && sends > 1) return 'by itself: nothing is billed here'
      return 'by itself: nothing had been accepted'
    case 'comes_back':
      return 'when you press Convert: nothing had been accepted'
    case 'unclear':
      return at === 'upload'
        ? 'only by hand: it may be billed twice'
        : 'only if you choose so: it may be billed twice'
    case 'image_fails':
      if (uploads !== undefined)
        return ends.error.kind === 'unclear_post'
          ? 'once, by itself, as an upload of its own; that one only by hand: it may be billed twice'
          : 'once, by itself, as an upload of its own'
      return isOffered(ends) ? 'when you press Read again' : 'no, it would fail again'
    case 'batch_fails':
      if (!isOffered(ends)) return 'no'
      return engine
        ? 'when you press Read again, as a new batch: nothing is billed here'
        : 'no, Read again asks for the same results once more'
  }
}

function isOffered({ error }: Ending & { kind: 'image_fails' | 'batch_fails' }): boolean {
  return describeError(error).isRetryable
}

/** docs/failures.md. */
export function renderFailures(cases: readonly FaultCase[]): string {
  const cells = (row: Row) => [row.names.join(', '), row.moment, row.sees, row.end, row.again]
  const lines = rowsOf(cases).map((row) => `| ${cells(row).map(escapeCell).join(' | ')} |`)
  return [INTRO.trim(), '', HEAD, '| --- | --- | --- | --- | --- |', ...lines, ''].join('\n')
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

const HEAD = '| What happens | While | What you see | How it ends | Is it sent again? |'

const INTRO = `
# When something fails

Every row is a test: a server, a network or a clock that misbehaves in that way, and a batch of two images (one image for an upload) that is
sent through the real client. Each test also checks how often the server saw the images, and that a batch that is being read elsewhere at
the same time and one that is finished stay as they are. The words in the third column are the app's own, and this page is written by
\`npm run docs:failures\` from the cases in \`testing/electron/faults/\`; a test compares the two.

The rules behind the rows:

* What certainly was not accepted (no connection, a plain no, a request to wait) costs nothing. A missing network and a request to wait are
  waited out; a plain no brings the images back.
* What may have been accepted is never sent again by itself, because it may be billed twice. The engine on this computer bills nothing, so there
  it is sent again.
* Once a batch was accepted, its results are asked for until they are there, you cancel it, or the server refuses the keys. That it does not
  know the batch is believed when it has said so for ten minutes, and then it is your choice. What is here stays.
* An image that was sent inside the request, or was to be fetched from this computer, and did not arrive is uploaded by itself, once. A
  batch that was refused had not been accepted; of one that was accepted, images that did not arrive stay counted beside their uploads, because
  it is not known whether the server bills them.
* One image that fails never stops the others. An answer that came counts; a later one does not change it.
* A disk that is full or may not be written is named once. What cannot be written down first is not sent; what arrives meanwhile is shown and
  saved by itself as soon as there is room. A journal or a folder that cannot be read is set aside and named, and the app starts
  ([disk-wire](../electron/batch/disk-wire.test.ts), [journal](../electron/batch/journal/journal.test.ts)).

"Sending" is the time until the server has accepted the batch, "waiting" until all results are there, "upload" stands for an image that is sent
alone because it is too large for the batch. Images are files unless a row says that they have addresses. Behind every message, under *Details*, are the server's own words and its error id.
`
