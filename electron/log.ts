import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { requireRegular } from '../node/regular-file.ts'
import { redactText } from '../shared/redact.ts'
import type { Scrub } from '../shared/scrub-secrets.ts'
import { terminalText } from '../shared/terminal-text.ts'

/**
 * One line per event, on stderr and in a file that is rotated once. Addresses lose their query and user info
 * here, keys that are in use are taken out of whatever quotes them; image bytes are never passed in.
 */
export type Log = {
  info(message: string, detail?: Readonly<Record<string, string | number | boolean | undefined>>): void
  warn(message: string, detail?: Readonly<Record<string, string | number | boolean | undefined>>): void
  error(message: string, error?: unknown): void
}

const MAX_FILE = 2 * 1024 * 1024

export function createLog(options: {
  readonly file?: string
  readonly isQuiet?: boolean
  readonly scrub?: Scrub
}): Log {
  // Before anything is cut short: half a key would not be known for one.
  const clean = (text: string) => redactText(options.scrub?.(text) ?? text)
  let file = options.file
  if (file !== undefined) {
    try {
      mkdirSync(path.dirname(file), { recursive: true })
    } catch {
      file = undefined
    }
  }

  function write(level: string, message: string, detail: Readonly<Record<string, unknown>> = {}): void {
    const members = Object.entries(detail)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ` ${name}=${clean(String(value))}`)
    const line = terminalText(`${new Date().toISOString()} ${level} ${clean(message)}${members.join('')}`)
    if (!options.isQuiet || level === 'error') process.stderr.write(`${line}\n`)
    if (file === undefined) return
    try {
      rotate(file)
      requireRegular(file)
      appendFileSync(file, `${line}\n`)
    } catch {
      // A log that cannot be written must not stop the app; stderr has the line.
    }
  }

  return {
    info: (message, detail) => write('info', message, detail),
    warn: (message, detail) => write('warn', message, detail),
    error: (message, error) =>
      write(
        'error',
        message,
        error === undefined
          ? {}
          : { error: error instanceof Error ? (error.stack ?? error.message) : typeof error },
      ),
  }
}

/** Logs nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_FILE) renameSync(file, `${file}.1`)
}
