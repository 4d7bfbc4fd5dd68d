import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** Another process works with the folder. Nothing was written. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
  readonly folder: string

  constructor(folder: string) {
    super(
      `Another Formulift is working with the folder “${folder}”. Quit that one first, or choose another folder. Nothing was changed.`,
    )
    this.folder = folder
  }
}

export type FolderLock = {
  /** Lets others have the folder. */
  readonly release: () => Promise<void>
}

/** What this process holds, and how often. */
const held = new Map<string, { readonly server: net.Server; holders: number }>()

/**
 * Takes a folder for this process until it is released or the process ends, however that happens. The lock is a name that the system
 * itself keeps for a listening process, so nothing has to be written, and none is left behind by a kill. Where the system has no such
 * names, it passes.
 * @param options.isShared whether this process may have taken it before
 * @throws FolderInUseError while another process has it
 */
export async function lockFolder(folder: string, { isShared = true } = {}): Promise<FolderLock> {
  const name = lockNameOf(folder)
  const known = held.get(name)
  if (known && !isShared) throw new FolderInUseError(folder)
  if (known) known.holders += 1
  else {
    const server = await listen(name, folder)
    if (!server) return { release: () => Promise.resolve() }
    held.set(name, { server, holders: 1 })
  }
  let isReleased = false
  return {
    async release() {
      const lock = held.get(name)
      if (isReleased || !lock) return
      isReleased = true
      lock.holders -= 1
      if (lock.holders > 0) return
      held.delete(name)
      await new Promise((resolve) => lock.server.close(resolve))
    },
  }
}

/** The same for every way to write the folder's path. */
export function lockNameOf(folder: string, platform: NodeJS.Platform = process.platform): string {
  const digest = createHash('sha256').update(realPathOf(folder)).digest('hex').slice(0, 32)
  if (platform === 'win32') return `\\\\.\\pipe\\formulift-${digest}`
  // On Linux a name outside of the file system, which goes with its process.
  return platform === 'linux' ? `\0formulift-${digest}` : path.join(os.tmpdir(), `formulift-${digest}.sock`)
}

/** Of a folder that does not exist yet, that of the part that does. */
function realPathOf(folder: string): string {
  const whole = path.resolve(folder)
  try {
    return realpathSync(whole)
  } catch {
    const parent = path.dirname(whole)
    return parent === whole ? whole : path.join(realPathOf(parent), path.basename(whole))
  }
}

async function listen(name: string, folder: string): Promise<net.Server | undefined> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const server = net.createServer((socket) => socket.destroy())
    const code = await new Promise<string | undefined>((resolve) => {
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
      server.listen(name, () => resolve(undefined))
    })
    if (code === undefined) return server.unref()
    if (code !== 'EADDRINUSE') return undefined
    if (await isAnswered(name)) throw new FolderInUseError(folder)
    // A killed process left the name in the file system.
    if (!name.startsWith('\0')) rmSync(name, { force: true })
  }
  throw new FolderInUseError(folder)
}

function isAnswered(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(name)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
