import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { readRegularText } from '../node/regular-file.ts'
import { readProcessBirth } from './process-birth.ts'

const Holder = z.object({ pid: z.number().int().positive(), born: z.string() })
type Holder = z.infer<typeof Holder>

/** A lock that cannot be read is being written if it is younger than this; milliseconds. */
const WRITING_MS = 3000

/** Another engine works on the same data folder. */
export class DataFolderTakenError extends Error {
  override readonly name = 'DataFolderTakenError'
}

export type DataFolderLock = { release(): Promise<void> }

/**
 * Claims a data folder for this process, or rejects with {@link DataFolderTakenError} while another living one has it. What a
 * killed engine leaves behind does not count, however many start at once to take its place.
 *
 * The claim is a file `lock.<n>`, made whole and only if the name is free. A dead holder's file is not taken away first (another
 * starter may have replaced it meanwhile) but followed by the next number; whoever then finds somebody else alive gives up its own.
 */
export async function lockDataFolder(dataDir: string): Promise<DataFolderLock> {
  const draft = join(dataDir, `lock.${randomBytes(6).toString('hex')}.part`)
  const born = (await readProcessBirth(process.pid)) ?? ''
  await writeFile(draft, JSON.stringify({ pid: process.pid, born }), { flag: 'wx', mode: 0o600 })
  try {
    for (;;) {
      const others = await listLocks(dataDir)
      await refuseIfHeld(dataDir, others)
      const own = Math.max(0, ...others) + 1
      if (!(await giveName(draft, pathOf(dataDir, own)))) continue
      if (await isAloneAs(dataDir, own)) {
        for (const number of others) await rm(pathOf(dataDir, number), { force: true })
        return { release: () => rm(pathOf(dataDir, own), { force: true }) }
      }
      await rm(pathOf(dataDir, own), { force: true })
      await sleep(20 + Math.random() * 80)
    }
  } finally {
    await rm(draft, { force: true })
  }
}

const pathOf = (dataDir: string, number: number) => join(dataDir, `lock.${String(number)}`)

async function listLocks(dataDir: string): Promise<number[]> {
  const names = await readdir(dataDir)
  return names.flatMap((name) => /^lock\.(\d{1,15})$/.exec(name)?.slice(1).map(Number) ?? [])
}

async function refuseIfHeld(dataDir: string, locks: readonly number[]): Promise<void> {
  for (const number of locks) {
    const pid = await findHolder(pathOf(dataDir, number))
    if (pid === undefined) continue
    throw new DataFolderTakenError(
      `another engine (process ${String(pid)}) uses the data folder ${dataDir}; end it, or start this one with another --data folder`,
    )
  }
}

async function isAloneAs(dataDir: string, own: number): Promise<boolean> {
  const others = (await listLocks(dataDir)).filter((number) => number !== own)
  const holders = await Promise.all(others.map((number) => findHolder(pathOf(dataDir, number))))
  return holders.every((pid) => pid === undefined)
}

/** The living process that made the lock. */
async function findHolder(path: string): Promise<number | undefined> {
  for (;;) {
    const holder = await readHolder(path)
    if (holder) return (await isLiving(holder)) ? holder.pid : undefined
    const made = await stat(path).catch(() => undefined)
    if (!made || Math.abs(Date.now() - made.mtimeMs) > WRITING_MS) return undefined
    await sleep(50)
  }
}

/** Where no birth can be told, the number alone has to do. */
async function isLiving({ pid, born }: Holder): Promise<boolean> {
  const seen = await readProcessBirth(pid)
  return seen !== undefined && (seen === born || seen === '' || born === '')
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readRegularText(path)))
  } catch {
    return undefined
  }
}

/** Fails softly when the name is taken. Where the file system gives a file one name only, the content is copied to it. */
async function giveName(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path).catch((error: unknown) => {
      if (isTaken(error)) throw error
      return copyFile(draft, path, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
