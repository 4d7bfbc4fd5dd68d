import type { StorageError } from '../shared/errors.ts'

const IN_THE_WAY = 'A file stands where the folder of the app should be.'
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EROFS: 'The folder of the app is read-only.',
  EACCES: 'The folder of the app may not be written.',
  ENOTDIR: IN_THE_WAY,
  EEXIST: IN_THE_WAY,
  EDQUOT: 'The disk quota is used up.',
}

/** Why a disk refuses, in a sentence without the path. */
export function explainDiskError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
  return REASONS[code] ?? `The disk refused the write (${code}).`
}

/** The error of the app for it: why, and then what follows from it. */
export function describeDiskError(error: unknown, consequence: string): StorageError {
  return { kind: 'storage', message: `${explainDiskError(error)} ${consequence}` }
}

/** False for a fault of our own, which no disk is to be blamed for. */
export function isDiskError(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)
}
