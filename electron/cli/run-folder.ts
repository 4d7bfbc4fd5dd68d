import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { nanoid } from 'nanoid'
import { z } from 'zod'
import { readRegularText } from '../../node/regular-file.ts'
import { OcrOptions } from '../../shared/parameters.ts'
import { EngineChoice } from '../../shared/settings.ts'
import { writeWholeFile } from '../../node/write-whole-file.ts'
import { findDataFolder } from './data-folder.ts'

/** What a run was asked to do, so that another process can finish it. */
export const RunRecord = z.object({
  id: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  engine: EngineChoice,
  options: OcrOptions,
  /** Absolute paths, and addresses whole, in the order given. */
  inputs: z.array(z.string()),
  /** All inputs are in the batch, and it was told to go. */
  isBegun: z.boolean(),
  cwd: z.string(),
  format: z.string().optional(),
  out: z.string().optional(),
  isJson: z.boolean(),
})
export type RunRecord = z.infer<typeof RunRecord>

/** One folder a run: `run.json`, the batch's journal and images, the engine's state if it is ours. */
export type RunFolder = { readonly dir: string; readonly record: RunRecord }

const FILE = 'run.json'

export const batchesOf = (dir: string) => path.join(dir, 'batches')

/** Makes a run's folder, which nobody else may read: addresses of images can be secrets. */
export async function createRun(
  dataDir: string,
  wanted: Omit<RunRecord, 'id' | 'createdAt' | 'isBegun'>,
  now: Date,
): Promise<RunFolder> {
  const id = nanoid(8)
    .replace(/[^A-Za-z0-9]/g, '0')
    .toLowerCase()
  const dir = path.join(dataDir, id)
  const record: RunRecord = { ...wanted, id, createdAt: now.toISOString(), isBegun: false }
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await mkdir(dir, { mode: 0o700 })
  const run = { dir, record }
  await saveRun(run).catch(async (error: unknown) => {
    await removeRun(run)
    throw error
  })
  return run
}

export async function saveRun({ dir, record }: RunFolder): Promise<void> {
  await writeWholeFile(path.join(dir, FILE), `${JSON.stringify(record, undefined, 1)}\n`, 0o600)
}

/** Undefined when there is no such run, or its record cannot be read. */
export async function findRun(dataDir: string, id: string): Promise<RunFolder | undefined> {
  if (!/^[A-Za-z0-9]+$/.test(id)) return undefined
  const dir = path.join(dataDir, id)
  const text = await readRegularText(path.join(dir, FILE)).catch(() => '')
  const record = RunRecord.safeParse(parseJson(text))
  return record.success ? { dir, record: record.data } : undefined
}

/** All runs, oldest first. */
export async function listRuns(dataDir: string): Promise<RunFolder[]> {
  const names = await readdir(dataDir).catch(() => [])
  const found = await Promise.all(names.map((name) => findRun(dataDir, name)))
  return found
    .filter((run) => run !== undefined)
    .sort((a, b) => (a.record.createdAt < b.record.createdAt ? -1 : 1))
}

/** The command line that does something with the run, to be shown. */
export function spellCommand(verb: 'resume' | 'export', { dir, record }: RunFolder): string {
  const dataDir = path.dirname(dir)
  const usual = findDataFolder(undefined, { ...process.env, FORMULIFT_DATA: undefined })
  return `formulift batch ${verb} ${record.id}${dataDir === usual ? '' : ` --data ${dataDir}`}`
}

export async function removeRun({ dir }: RunFolder): Promise<void> {
  await rm(dir, { recursive: true, force: true })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
