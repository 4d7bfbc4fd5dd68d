// Loaded before a program (`node --import`): counts every disk write below a folder and every step of every request, and ends the
// process with SIGKILL at the one it is told. The program under test knows nothing of it.
//
// Threads of the program get the hook too (`--import` is handed down) and leave everything to the main thread: a second one that
// opens the report would empty it.
//
//   CRASH_ROOT   folder whose writes count
//   CRASH_AT     number of the point at which to end, from 1; without it the points are only counted
//   CRASH_ONLY   pattern; only points with such names are counted
//   CRASH_REPORT file that gets the names of the points passed, one a line; the one at which the process ended is marked by `! `
import diagnostics from 'node:diagnostics_channel'
import fs from 'node:fs'
import fsp, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'
import { isMainThread } from 'node:worker_threads'

const root = process.env['CRASH_ROOT'] ?? ''
const last = Number(process.env['CRASH_AT'] ?? '0')
const only = new RegExp(process.env['CRASH_ONLY'] ?? '')
const report = fs.openSync((isMainThread ? process.env['CRASH_REPORT'] : undefined) ?? '/dev/null', 'w')
const { writeSync } = fs
let passed = 0

/** True when the process is to end at this point; the caller then calls `end`. */
function isLast(name: string): boolean {
  if (only.test(name)) passed += 1
  else return false
  return passed === last
}

function end(name: string): never {
  writeSync(report, `! ${name}\n`)
  process.kill(process.pid, 'SIGKILL')
  // The signal reaches this thread before the call returns; nothing may run if ever it does not.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

function point(name: string): void {
  if (isLast(name)) end(name)
  writeSync(report, `${name}\n`)
}

/** What a file is called in a report: without the folder and without what is random in names. */
function nameOf(file: unknown): string | undefined {
  const text = file instanceof URL ? file.pathname : typeof file === 'string' ? file : undefined
  if (text === undefined || root === '') return undefined
  const relative = path.relative(root, path.resolve(text))
  if (relative.startsWith('..')) return undefined
  return relative.replace(/\.[\w-]{8}\.(tmp|part)$/, '.$1')
}

type Loose = (...args: unknown[]) => Promise<unknown>
type Table = Record<string, Loose | undefined>

/** Puts a point before and after a function that resolves when the disk is changed. */
function wrap(table: Table, member: string, nameFor: (self: unknown, args: unknown[]) => string | undefined) {
  const original = table[member]
  if (!original) return
  table[member] = async function (this: unknown, ...args: unknown[]) {
    const name = nameFor(this, args)
    if (name === undefined) return original.apply(this, args)
    point(`before ${member} ${name}`)
    const answer = await original.apply(this, args)
    point(`after ${member} ${name}`)
    return answer
  }
}

/** Writes have a third point: half of the bytes are in the file. */
function wrapWrite(
  table: Table,
  member: string,
  nameFor: (self: unknown, args: unknown[]) => string | undefined,
  at: number,
) {
  const whole = table[member]
  if (!whole) return
  table[member] = async function (this: unknown, ...args: unknown[]) {
    const name = nameFor(this, args)
    if (name === undefined) return whole.apply(this, args)
    point(`before ${member} ${name}`)
    const half = `half of ${member} ${name}`
    if (isLast(half)) {
      await whole.apply(this, args.with(at, firstHalf(args[at])))
      end(half)
    }
    writeSync(report, `${half}\n`)
    const answer = await whole.apply(this, args)
    point(`after ${member} ${name}`)
    return answer
  }
}

function firstHalf(data: unknown): unknown {
  const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data as Uint8Array)
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

const handles = new WeakMap<object, string>()
const ofHandle = (self: unknown) =>
  typeof self === 'object' && self !== null ? handles.get(self) : undefined
const ofPath = (_self: unknown, [file]: unknown[]) => nameOf(file)

async function patch(): Promise<void> {
  const probe = await fsp.open(process.execPath, 'r')
  const prototype = Object.getPrototypeOf(probe) as Table
  await probe.close()
  const functions = fsp as unknown as Table

  const open = fsp.open.bind(fsp)
  functions['open'] = async (...args) => {
    const [file, flags] = args as [string, string | undefined]
    const name = nameOf(file)
    const isWrite = /[wa+]/.test(flags ?? 'r')
    if (name !== undefined && isWrite) point(`before open ${name}`)
    const handle: FileHandle = await open(...(args as Parameters<typeof fsp.open>))
    if (name !== undefined) handles.set(handle, name)
    if (name !== undefined && isWrite) point(`after open ${name}`)
    return handle
  }
  for (const member of ['write', 'writeFile', 'appendFile']) wrapWrite(prototype, member, ofHandle, 0)
  for (const member of ['sync', 'datasync', 'truncate']) wrap(prototype, member, ofHandle)
  for (const member of ['writeFile', 'appendFile']) wrapWrite(functions, member, ofPath, 1)
  for (const member of ['rename', 'rm', 'unlink', 'mkdir', 'truncate']) wrap(functions, member, ofPath)
  for (const member of ['copyFile', 'link', 'cp']) wrap(functions, member, (_self, [, to]) => nameOf(to))
  syncBuiltinESMExports()
}

type Request = { readonly method?: string; readonly path?: string }

/** Requests of ours. "sent": the whole body is with the system; "reply": the reply is here and nobody has seen it. */
function watchRequests(): void {
  const steps = {
    'undici:request:create': 'before request',
    'undici:request:bodySent': 'sent request',
    'undici:request:headers': 'first of reply to',
    'undici:request:trailers': 'reply to',
  }
  for (const [channel, step] of Object.entries(steps)) {
    diagnostics.subscribe(channel, (message) => {
      const { method = '', path: target = '' } = (message as { request: Request }).request
      point(`${step} ${method} ${target}`)
    })
  }
  // Requests to us.
  for (const [channel, step] of Object.entries({
    'http.server.request.start': 'request came',
    'http.server.response.finish': 'reply sent to',
  })) {
    diagnostics.subscribe(channel, (message) => {
      const { method = '', url = '' } = (message as { request: { method?: string; url?: string } }).request
      point(`${step} ${method} ${url}`)
    })
  }
}

if (isMainThread) {
  await patch()
  watchRequests()
}
