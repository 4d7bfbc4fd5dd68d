import { constants, readFileSync } from 'node:fs'
import { copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { nanoid } from 'nanoid'
import { z } from 'zod'

const Holder = z.object({ pid: z.number().int().positive(), born: z.string() })
type Holder = z.infer<typeof Holder>

const FILE = 'lock'

/**
 * Claims a run for this process; undefined while another living process has it. What a killed process leaves behind does not
 * count: its number may have been given to another program meanwhile, so where the system tells, its birth is compared too.
 */
export async function claimRun(dir: string): Promise<{ release(): Promise<void> } | undefined> {
  const file = path.join(dir, FILE)
  const own = `${file}.${nanoid(6)}`
  await writeFile(own, JSON.stringify({ pid: process.pid, born: bornAt(process.pid) }), { mode: 0o600 })
  try {
    for (;;) {
      if (await giveName(own, file)) return { release: () => rm(file, { force: true }) }
      if (await isRunClaimed(dir)) return undefined
      // Only one of several that find it can take it away.
      const stale = `${file}.${nanoid(6)}`
      await rename(file, stale).catch(() => undefined)
      await rm(stale, { force: true })
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** Whole from the first moment, and only if nobody has the name: where a file cannot have two names, by copying. */
async function giveName(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file).catch((error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error
      return copyFile(own, file, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** Whether a living process works on the run. */
export async function isRunClaimed(dir: string): Promise<boolean> {
  const text = await readFile(path.join(dir, FILE), 'utf8').catch(() => '')
  const holder = readHolder(text)
  return holder !== undefined && isAlive(holder)
}

function readHolder(text: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function isAlive({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false
  }
  return bornAt(pid) === born
}

/** When the process began, in the system's own words; empty where they are not at hand. */
function bornAt(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
