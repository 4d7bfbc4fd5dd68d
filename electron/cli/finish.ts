import { explainDiskError } from '../disk-errors.ts'
import type { OutputChoice } from './arguments.ts'
import { isWhole } from './is-whole.ts'
import type { ResultOutput } from './output-file.ts'
import { printAsReady } from './print-results.ts'
import { removeRun, spellCommand } from './run-folder.ts'
import { note, type Session } from './session.ts'
import { EXIT } from './usage-text.ts'

/**
 * Prints the run to its end and closes it. A run on this computer that is done goes away: it can be repeated for nothing. All others
 * stay, and it is said how to get at them. Answers the exit code.
 */
export async function finish(
  session: Session,
  how: OutputChoice,
  out: ResultOutput,
  signal: AbortSignal,
): Promise<number> {
  const outcome = await printAll(session, how, out, signal)
  const batch = session.batch()
  const hasAll = batch !== undefined && isWhole(batch)
  await session.close()
  const isLocal = session.run.record.engine.kind === 'local'
  // Whoever read along has seen enough (`| head`).
  if (outcome === 'reader left' && isLocal) {
    await removeRun(session.run)
    return EXIT.done
  }
  if (outcome === 'stopped' || !hasAll) {
    note(`The batch is kept unfinished: ${spellCommand('resume', session.run)}`)
    return outcome === 'stopped' ? EXIT.stopped : EXIT.unfinished
  }
  if (typeof outcome === 'string') {
    note(`The batch is kept: ${spellCommand('export', session.run)}`)
    return outcome === 'reader left' ? EXIT.done : EXIT.unfinished
  }
  if (isLocal) await removeRun(session.run)
  else note(`The results are kept: ${spellCommand('export', session.run)}`)
  return outcome.hasFailed ? EXIT.failed : EXIT.done
}

type PrintEnd = { readonly hasFailed: boolean } | 'stopped' | 'reader left' | 'not written'

async function printAll(
  session: Session,
  how: OutputChoice,
  out: ResultOutput,
  signal: AbortSignal,
): Promise<PrintEnd> {
  try {
    const printed = await printAsReady(session, how, out, signal)
    if (signal.aborted) {
      await out.discard()
      return 'stopped'
    }
    await out.commit()
    return printed
  } catch (error) {
    await out.discard()
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 'reader left'
    note(`The results could not be written. ${explainDiskError(error)}`)
    return 'not written'
  }
}

/** Why the file of `--out` cannot be written. */
export function explainOutput(file: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const reason =
    {
      EISDIR: 'it is a folder',
      ENOTREG: 'it is not a file',
      INPUT: 'it is one of the images that are read',
      ENOENT: 'its folder is not there',
      ENOTDIR: 'its folder is not there',
      EACCES: 'it may not be written',
      EPERM: 'it may not be written',
      EROFS: 'its folder is read-only',
      ENOSPC: 'the disk is full',
    }[code] ?? code
  return `Nothing was sent: ${file} cannot be written, because ${reason}.`
}
