import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { readJournal, setAside, writeJournal } from './journal.ts'
import { replay, snapshotLine, type JournalLine, type StoredBatch } from './journal-line.ts'

/** Lines per item after which a journal is rewritten as one snapshot when it is opened. */
const COMPACT_FACTOR = 4
const COMPACT_MIN = 200

export type OpenedBatches = {
  readonly stored: readonly StoredBatch[]
  /** Plain words about what was set aside. */
  readonly problems: readonly string[]
}

export const imagesDir = (batchDir: string) => path.join(batchDir, 'images')

/** Reads every batch of the folder. What cannot be read is set aside and reported; the others go on. */
export async function openBatches(dir: string, now: () => Date): Promise<OpenedBatches> {
  await mkdir(dir, { recursive: true })
  const stored: StoredBatch[] = []
  const problems: string[] = []
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.includes('.damaged-')) continue
    const opened = await openBatch(path.join(dir, entry.name), now)
    if (opened.stored?.batch.id === entry.name) stored.push(opened.stored)
    if (opened.problem !== undefined) problems.push(opened.problem)
  }
  stored.sort((a, b) => (a.batch.createdAt < b.batch.createdAt ? -1 : 1))
  return { stored, problems }
}

/** Makes the folder of a new batch and writes its first line. */
export async function createBatchFolder(batchDir: string, first: JournalLine): Promise<void> {
  await mkdir(imagesDir(batchDir), { recursive: true })
  await writeJournal(batchDir, [first])
}

export async function deleteBatchFolder(batchDir: string): Promise<void> {
  await rm(batchDir, { recursive: true, force: true })
}

async function openBatch(
  batchDir: string,
  now: () => Date,
): Promise<{ stored?: StoredBatch; problem?: string }> {
  try {
    const journal = await readJournal(batchDir, now)
    const stored = replay(journal.lines)
    if (!stored) {
      const aside = await setAside(batchDir, now)
      return { problem: `A batch could not be read and was set aside as ${path.basename(aside)}.` }
    }
    const tidy = tidyUp(stored)
    if (journal.lines.length > Math.max(COMPACT_MIN, COMPACT_FACTOR * stored.batch.items.length)) {
      await writeJournal(batchDir, [snapshotLine(tidy)])
      await removeOrphans(batchDir, tidy)
    }
    if (!journal.isDamaged) return { stored: tidy }
    return {
      stored: tidy,
      problem: `Part of the batch “${tidy.batch.name}” was damaged; the damaged file was kept beside it.`,
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      return {
        problem: `A batch could not be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
      }
    }
    // A folder without a journal: creating the batch was interrupted before anything was shown.
    await rm(batchDir, { recursive: true, force: true })
    return {}
  }
}

/**
 * Pasted bytes that a crash cut off while they were read are gone: an error with a reason. Files with a path
 * are read again.
 */
function tidyUp(stored: StoredBatch): StoredBatch {
  const items = stored.batch.items.map((item) =>
    item.state === 'preparing' && stored.privateItems.get(item.id)?.path === undefined
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

async function removeOrphans(batchDir: string, stored: StoredBatch): Promise<void> {
  const ids = new Set(stored.batch.items.map(({ id }) => id))
  const used = new Set(
    [...stored.privateItems].filter(([id]) => ids.has(id)).flatMap(([, data]) => [data.image, data.thumb]),
  )
  const dir = imagesDir(batchDir)
  for (const name of await readdir(dir).catch(() => [])) {
    if (!used.has(name)) await rm(path.join(dir, name), { force: true })
  }
}
