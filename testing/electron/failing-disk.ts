import { existsSync } from 'node:fs'
import fsp, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'

/** What a disk says: no space, read-only, or a folder that may not be written. */
export type DiskError = 'ENOSPC' | 'EROFS' | 'EACCES'

type Loose = (this: unknown, ...args: unknown[]) => Promise<unknown>
type Table = Record<string, Loose>

/**
 * Real files in a folder, on a disk that refuses writes while it is told to, with the error codes of the system. Reading, cutting short, renaming (where it is full) and
 * removing go on, as they do on a full disk. `restore` puts the file system of the process back.
 */
export class FailingDisk {
  readonly #root: string
  readonly #undo: (() => void)[] = []
  #error: DiskError | undefined

  private constructor(root: string) {
    this.#root = root
  }

  static async below(root: string): Promise<FailingDisk> {
    const disk = new FailingDisk(root)
    const probe = await fsp.open(process.execPath, 'r')
    const handles = Object.getPrototypeOf(probe) as Table
    await probe.close()
    disk.#patch(handles)
    return disk
  }

  refuse(error: DiskError): void {
    this.#error = error
  }

  accept(): void {
    this.#error = undefined
  }

  restore(): void {
    for (const undo of this.#undo) undo()
    syncBuiltinESMExports()
  }

  #patch(handles: Table): void {
    const functions = fsp as unknown as Table
    const ours = new WeakSet()
    this.#replace(functions, 'open', (open) => async (...args) => {
      const [file, flags] = args as [string, string | undefined]
      // A full disk still takes a name; a folder that may not be written does not.
      if (this.#error !== 'ENOSPC' && /[wa+]/.test(flags ?? 'r')) this.#check('open', file)
      const handle = (await open(...args)) as FileHandle
      if (this.#holds(file)) ours.add(handle)
      return handle
    })
    const check = (handle: unknown) => {
      if (typeof handle === 'object' && handle !== null && ours.has(handle)) this.#check('write', this.#root)
    }
    for (const name of ['write', 'writeFile', 'appendFile'])
      this.#replace(
        handles,
        name,
        (write) =>
          async function (...args) {
            check(this)
            return write.apply(this, args)
          },
      )
    for (const name of ['writeFile', 'appendFile', 'mkdir', 'rename'])
      this.#replace(functions, name, (change) => async (...args) => {
        const needsNothing =
          name === 'rename' ? this.#error === 'ENOSPC' : name === 'mkdir' && existsSync(String(args[0]))
        if (!needsNothing) this.#check(name, args[0])
        return change(...args)
      })
    syncBuiltinESMExports()
  }

  #replace(table: Table, name: string, make: (original: Loose) => Loose): void {
    const original = table[name]
    if (!original) throw new Error(`no function ${name}`)
    table[name] = make(original)
    this.#undo.push(() => (table[name] = original))
  }

  #holds(file: unknown): boolean {
    return typeof file === 'string' && !path.relative(this.#root, file).startsWith('..')
  }

  #check(call: string, file: unknown): void {
    if (this.#error === undefined || !this.#holds(file)) return
    throw Object.assign(new Error(`${this.#error}: ${call}`), { code: this.#error })
  }
}
