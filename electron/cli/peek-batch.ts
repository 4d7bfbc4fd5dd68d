import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { readRegular } from '../../node/regular-file.ts'
import { replay, type StoredBatch } from '../batch/journal/journal-line.ts'
import { readText } from '../batch/journal/journal-text.ts'
import { batchesOf } from './run-folder.ts'

/** Whether anything was begun in the run. */
export async function hasBatches(runDir: string): Promise<boolean> {
  const entries = await readdir(batchesOf(runDir), { withFileTypes: true }).catch(() => [])
  return entries.some((entry) => entry.isDirectory())
}

/** The run's batch as its journal has it, without touching anything: another process may be writing it. */
export async function peekBatch(runDir: string): Promise<StoredBatch | undefined> {
  const dir = batchesOf(runDir)
  for (const name of await readdir(dir).catch(() => [])) {
    const bytes = await readRegular(path.join(dir, name, 'journal.jsonl')).catch(() => undefined)
    const stored = bytes && replay(readText(bytes).lines)
    if (stored) return stored
  }
  return undefined
}
