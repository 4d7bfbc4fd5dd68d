import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { failItem } from '../../../shared/batch-changes.ts'
import type { AppError } from '../../../shared/errors.ts'
import { explainDiskError } from '../../disk-errors.ts'
import { syncFolder } from '../../../node/write-whole-file.ts'
import { readJournal, setAside, writeJournal } from './journal.ts'
import { replay, snapshotLine, type JournalLine, type PrivateItem, type StoredBatch } from './journal-line.ts'

/** Lines per item after which a journal is rewritten as one snapshot when it is opened. */
const COMPACT_FACTOR = 4
const COMPACT_MIN = 200

export type OpenedBatches = {
  readonly stored: readonly StoredBatch[]
  /** Plain words about what was set aside. */
  readonly problems: readonly string[]
}

export const imagesDir = (batchDir: string) => path.join(batchDir, 'images')

/**
 * Reads every batch of the folder. What cannot be read is set aside and reported; the others go on. Never
 * rejects: a folder that cannot be opened at all is a problem like the others.
 */
export async function openBatches(dir: string, now: () => Date): Promise<OpenedBatches> {
  const stored: StoredBatch[] = []
  const problems: string[] = []
  for (const name of await listFolders(dir, problems)) {
    const batchDir = path.join(dir, name)
    if (name.endsWith(DELETED)) {
      await rm(batchDir, { recursive: true, force: true }).catch(() => undefined)
      continue
    }
    const opened = await openBatch(batchDir, now)
    if (opened.stored?.batch.id === name) stored.push(opened.stored)
    else if (opened.stored) problems.push(`The folder “${name}” holds another batch; it was left alone.`)
    if (opened.problem !== undefined) problems.push(opened.problem)
  }
  stored.sort((a, b) => (a.batch.createdAt < b.batch.createdAt ? -1 : 1))
  return { stored, problems }
}

async function listFolders(dir: string, problems: string[]): Promise<string[]> {
  try {
    await mkdir(dir, { recursive: true })
    const entries = await readdir(dir, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.includes('.damaged-'))
      .map(({ name }) => name)
  } catch (error) {
    problems.push(`${explainDiskError(error)} No batch can be opened or saved.`)
    return []
  }
}

/** Makes the folder of a new batch and writes its first line. What was made of it goes away when that fails. */
export async function createBatchFolder(batchDir: string, first: JournalLine): Promise<void> {
  try {
    await mkdir(imagesDir(batchDir), { recursive: true })
    await writeJournal(batchDir, [first])
    await syncFolder(path.dirname(batchDir))
  } catch (error) {
    await rm(batchDir, { recursive: true, force: true }).catch(() => undefined)
    throw error
  }
}

/** Named otherwise in one step first, so that an end in the middle leaves no half of a batch behind. */
export async function deleteBatchFolder(batchDir: string): Promise<void> {
  const doomed = `${batchDir}${DELETED}`
  await rename(batchDir, doomed)
  await syncFolder(path.dirname(batchDir))
  await rm(doomed, { recursive: true, force: true }).catch(() => undefined)
}

const DELETED = '.deleted'

type Opened = { readonly stored?: StoredBatch; readonly problem?: string }

async function openBatch(batchDir: string, now: () => Date): Promise<Opened> {
  try {
    await removeDrafts(batchDir)
    const journal = await readJournal(batchDir, now)
    const stored = replay(journal.lines)
    if (!stored) return await setUnreadableAside(batchDir, now)
    const tidy = tidyUp(stored)
    if (journal.lines.length > Math.max(COMPACT_MIN, COMPACT_FACTOR * stored.batch.items.length)) {
      await compact(batchDir, tidy)
    }
    if (!journal.isDamaged) return { stored: tidy }
    const kept =
      journal.keptAs === undefined
        ? 'the damaged file could not be copied and was left as it is.'
        : `the damaged file was kept as ${journal.keptAs}.`
    return { stored: tidy, problem: `Part of the batch “${tidy.batch.name}” was damaged; ${kept}` }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return openWithoutJournal(batchDir, now)
    return NO_FILE.has(codeOf(error)) ? setUnreadableAside(batchDir, now) : cannotBeOpened(error)
  }
}

/** A folder, a pipe or a device stands where the journal should be. */
const NO_FILE: ReadonlySet<string> = new Set(['EISDIR', 'ENOTREG'])

async function setUnreadableAside(batchDir: string, now: () => Date): Promise<Opened> {
  try {
    const aside = await setAside(batchDir, now)
    return { problem: `A batch could not be read and was set aside as ${path.basename(aside)}.` }
  } catch (error) {
    return cannotBeOpened(error)
  }
}

const cannotBeOpened = (error: unknown): Opened => ({
  problem: `A batch could not be opened (${codeOf(error)}).`,
})

/** Creating the batch was interrupted before anything was shown; with anything else in it the folder is kept. */
async function openWithoutJournal(batchDir: string, now: () => Date): Promise<Opened> {
  try {
    const names = await readdir(batchDir, { recursive: true })
    if (names.every((name) => name === 'images')) {
      await rm(batchDir, { recursive: true, force: true })
      return {}
    }
    const aside = await setAside(batchDir, now)
    return { problem: `A batch without a journal was set aside as ${path.basename(aside)}.` }
  } catch (error) {
    return cannotBeOpened(error)
  }
}

/** Drafts of a journal that an end of the process left behind: the journal itself is whole. */
async function removeDrafts(batchDir: string): Promise<void> {
  for (const name of await readdir(batchDir)) {
    if (name.endsWith('.tmp')) await rm(path.join(batchDir, name), { force: true }).catch(() => undefined)
  }
}

/** A long journal becomes one line; on a disk that refuses it stays long. */
async function compact(batchDir: string, stored: StoredBatch): Promise<void> {
  try {
    await writeJournal(batchDir, [snapshotLine(stored)])
    await removeOrphans(batchDir, stored)
  } catch {
    return
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown error'

/**
 * What was being read when the app ended is read again from its file. Without one (bytes pasted with a full
 * disk) it is gone: an error with a reason.
 */
function tidyUp(stored: StoredBatch): StoredBatch {
  const submissions = new Set(stored.batch.submissions.map(({ id }) => id))
  const items = stored.batch.items
    .map((item) =>
      item.state === 'pending' && !submissions.has(item.submissionId ?? '')
        ? failItem(item, RECORD_LOST)
        : item,
    )
    .map((item) =>
      item.state === 'preparing' && !hasSource(stored.privateItems.get(item.id))
        ? {
            ...item,
            state: 'error' as const,
            error: {
              kind: 'image' as const,
              reason: 'missing' as const,
              message: 'The app was closed while this file was being read. Add it again.',
            },
          }
        : item,
    )
  return { ...stored, batch: { ...stored.batch, items } }
}

/** The journal was damaged where it said how it was sent. */
const RECORD_LOST: AppError = {
  kind: 'unclear_post',
  message: 'The record of how this image was sent is damaged. It may have been accepted.',
}

const hasSource = (data: PrivateItem | undefined) => data?.path !== undefined || data?.pasted !== undefined

async function removeOrphans(batchDir: string, stored: StoredBatch): Promise<void> {
  const ids = new Set(stored.batch.items.map(({ id }) => id))
  const used = new Set(
    [...stored.privateItems]
      .filter(([id]) => ids.has(id))
      .flatMap(([, data]) => [data.image, data.thumb, data.pasted, data.small?.copy?.file]),
  )
  const dir = imagesDir(batchDir)
  for (const name of await readdir(dir).catch(() => [])) {
    if (!used.has(name)) await rm(path.join(dir, name), { force: true })
  }
}
