import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { readRegularText } from '../../../node/regular-file.ts'
import { syncFolder } from '../../../node/write-whole-file.ts'

/** In the folder of batches. */
const FILE = 'origin.json'

/** Which file of the disk this one is. */
const Mark = z.object({ file: z.string() })

/**
 * Tells whether a folder of batches is as the app left it here, or an earlier state or a copy: restored from a backup, or synced from
 * another computer. What waits to be sent in such a folder may have been sent since.
 *
 * A mark in the folder names the very file in which it stands, and a new one takes its place before each request that is billed. So
 * a copy names a file that is not itself, and a backup that is written over the old files names one that is gone; only a mark from
 * after the last request names itself. An end of the process at any moment leaves the old mark or the new one, and both do.
 */
export class FolderOrigin {
  /** True for a copy or an earlier state; the next start finds it so too, unless `advance` comes before. */
  readonly isForeign: boolean
  readonly #dir: string
  #last: Promise<void> = Promise.resolve()

  private constructor(dir: string, isForeign: boolean) {
    this.#dir = dir
    this.isForeign = isForeign
  }

  /** Reads the mark. A folder without one is foreign if it holds batches. */
  static async read(dir: string): Promise<FolderOrigin> {
    const file = path.join(dir, FILE)
    const text = await readRegularText(file).catch(() => undefined)
    if (text === undefined) return new FolderOrigin(dir, await hasBatches(dir))
    return new FolderOrigin(dir, parseMark(text)?.file !== (await describeFile(file)))
  }

  /**
   * From now on the folder as it stands is the one of this computer, and each copy of it from before is not. Never rejects: a disk
   * that refuses is told of by the journal, without which nothing is sent.
   */
  advance(): Promise<void> {
    this.#last = this.#last.then(() => writeMark(this.#dir)).catch(() => undefined)
    return this.#last
  }
}

async function hasBatches(dir: string): Promise<boolean> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
  return entries.some((entry) => entry.isDirectory())
}

/** The mark has to name its own file, so that is made first, and takes its place as a whole. */
async function writeMark(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const draft = path.join(dir, `${FILE}.tmp`)
  await rm(draft, { force: true })
  const handle = await open(draft, 'wx')
  try {
    await handle.writeFile(JSON.stringify({ file: await describeFile(draft) } satisfies z.infer<typeof Mark>))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, path.join(dir, FILE))
  await syncFolder(dir)
}

/** Number and time of birth of a file; numbers alone come around again. Where the disk has no times of birth, the number alone. */
async function describeFile(file: string): Promise<string> {
  const { ino, birthtimeNs } = await stat(file, { bigint: true })
  return `${String(ino)}:${(await hasBirthTimes(file)) ? String(birthtimeNs) : ''}`
}

/** Some file systems have none, or answer with the time of the last change instead. */
async function hasBirthTimes(file: string): Promise<boolean> {
  const { birthtimeNs, ctimeNs, atime, mtime } = await stat(file, { bigint: true })
  if (birthtimeNs === 0n || birthtimeNs !== ctimeNs) return birthtimeNs !== 0n
  await utimes(file, atime, mtime)
  return (await stat(file, { bigint: true })).birthtimeNs === birthtimeNs
}

function parseMark(text: string) {
  try {
    return Mark.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
