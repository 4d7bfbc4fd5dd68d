import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export type Ended = {
  /** The point at which the program was killed; undefined when it came to its end before. */
  readonly killedAt: string | undefined
  readonly code: number | null
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Names of the points passed. */
  readonly points: readonly string[]
}

/** The point at which to end: its number among all, or among those with such a name. Number 0 is never reached. */
export type KillPoint = { readonly number: number; readonly only?: RegExp }

export type Program = {
  /** The hook that counts and kills, see kill-points.ts. Without it the program runs as it is. */
  readonly hook?: string
  readonly file: string
  readonly args: readonly string[]
  /** Folder whose writes count. */
  readonly root: string
  readonly at?: KillPoint
  readonly timeoutMs?: number
}

let reports = 0

/** Runs a program to its end, or to the point at which it is killed. A program that hangs is killed without a point. */
export function run({ hook, file, args, root, at, timeoutMs = 120_000 }: Program): Promise<Ended> {
  reports += 1
  const report = `${root}.points-${String(reports)}`
  const child = spawn(process.execPath, [...(hook === undefined ? [] : ['--import', hook]), file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      CRASH_ROOT: path.resolve(root),
      CRASH_AT: String(at?.number ?? 0),
      CRASH_ONLY: at?.only?.source ?? '',
      CRASH_REPORT: report,
    },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const timer = setTimeout(() => {
    output.stderr += `\nstill running after ${String(timeoutMs / 1000)} s`
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), 1000).unref()
  }, timeoutMs)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      const points = fs.existsSync(report) ? fs.readFileSync(report, 'utf8').split('\n').filter(Boolean) : []
      fs.rmSync(report, { force: true })
      const killedAt =
        signal === 'SIGKILL' ? points.find((name) => name.startsWith('! '))?.slice(2) : undefined
      resolve({ killedAt, code, signal, ...output, points })
    })
  })
}
