import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { readRegularText } from '../node/regular-file.ts'
import { writeWholeFile } from '../node/write-whole-file.ts'
import { z } from 'zod'

/** The one pair of keys that this engine accepts. */
export const Credentials = z.object({ app_id: z.string().min(1), app_key: z.string().min(1) })
export type Credentials = z.infer<typeof Credentials>

/**
 * The keys in `<dataDir>/credentials.json`, made on the first start. The file is readable by its owner only. A damaged file is
 * replaced by new keys: whoever reads the file learns them, and nobody else has them.
 */
export async function loadCredentials(dataDir: string): Promise<Credentials> {
  const path = join(dataDir, 'credentials.json')
  const kept = Credentials.safeParse(await readJson(path))
  if (kept.success) return kept.data
  const made = { app_id: `local_${randomBytes(6).toString('hex')}`, app_key: randomBytes(32).toString('hex') }
  await writeWholeFile(path, `${JSON.stringify(made)}\n`, 0o600)
  return made
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readRegularText(path))
  } catch {
    return undefined
  }
}

/**
 * Whether the given pair is the engine's. Both are hashed first: the comparison takes the same time whatever the length and
 * wherever they differ.
 */
export function isSameCredentials(expected: Credentials, given: Credentials): boolean {
  return timingSafeEqual(hashPair(expected), hashPair(given))
}

/** Stands for a pair of keys in stored batches, so that the keys themselves are never written beside them. */
export function createOwnerHash(credentials: Credentials): string {
  return hashPair(credentials).toString('hex')
}

function hashPair({ app_id, app_key }: Credentials): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([app_id, app_key]))
    .digest()
}
