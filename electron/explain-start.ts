import { explainDiskError } from './disk-errors.ts'
import { FolderInUseError } from '../node/folder-lock.ts'

export type StartProblem = { readonly title: string; readonly text: string }

/** Why the app could not start, for a dialog: the cause in a sentence, the folder it is about, and where more is told. */
export function explainStart(
  error: unknown,
  folders: { readonly data: string; readonly log: string },
): StartProblem {
  return {
    title: 'Formulift cannot start',
    text: `${explainCause(error)}\n\nIts data is in: ${folders.data}\nThe log tells more: ${folders.log}`,
  }
}

function explainCause(error: unknown): string {
  if (error instanceof FolderInUseError) return error.message
  const { code, message, path } = error as NodeJS.ErrnoException
  if (code === 'ERR_DLOPEN_FAILED' || code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND')
    return 'A part of the app is damaged or missing. Install it again; your batches stay.'
  if (code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL')
    return 'No port of this computer is free for it, or something forbids to use one.'
  if (code?.startsWith('E') === true && path !== undefined) return explainDiskError(error)
  return `Something went wrong (${error instanceof Error ? message : String(error)}). Your batches and edits are kept.`
}
