import { readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { writeWholeFile } from './write-whole-file.ts'
import { z } from 'zod'

const Holder = z.object({ pid: z.number().int().positive(), port: z.number().int() })

/** Another engine works on the same data folder. */
export class DataFolderTakenError extends Error {
  override readonly name = 'DataFolderTakenError'
}

/**
 * Refuses a data folder that a living engine uses. A killed engine leaves its mark behind, so the mark counts only while its
 * process lives *and* answers on its port: numbers of processes come around again, and a restart must not have to wait.
 */
export async function checkDataFolderIsFree(dataDir: string): Promise<void> {
  const holder = await readHolder(join(dataDir, 'lock'))
  if (!holder || holder.pid === process.pid || !isAlive(holder.pid) || !(await isListening(holder.port)))
    return
  throw new DataFolderTakenError(`another engine (process ${String(holder.pid)}) uses this data folder`)
}

export async function markDataFolder(dataDir: string, port: number): Promise<void> {
  await writeWholeFile(join(dataDir, 'lock'), JSON.stringify({ pid: process.pid, port }))
}

export async function unmarkDataFolder(dataDir: string): Promise<void> {
  const path = join(dataDir, 'lock')
  const holder = await readHolder(path)
  if (holder?.pid === process.pid) await rm(path, { force: true })
}

async function readHolder(path: string): Promise<z.infer<typeof Holder> | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 500 })
    const settle = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(false))
  })
}
