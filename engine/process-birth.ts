import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * When a process began, in the system's own words; empty where the system does not tell. A number of a process comes around
 * again, a number and a birth do not. Undefined when there is no such process, or only what is left of one that ended.
 */
export async function readProcessBirth(pid: number): Promise<string | undefined> {
  if (!isThere(pid)) return undefined
  if (process.platform === 'linux') return readFromProc(pid)
  if (process.platform === 'win32') return ''
  return promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The third field is the state, the 22nd the start in ticks since the computer was started; the second may hold blanks. */
async function readFromProc(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${String(pid)}/stat`, 'latin1')
    const [state = '', ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z' || state === 'X') return undefined
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '')
    return `${fields[18] ?? ''} ${boot.trim()}`
  } catch {
    return ''
  }
}
