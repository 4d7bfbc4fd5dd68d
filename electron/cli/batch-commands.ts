import path from 'node:path'
import { describeError } from '../../shared/describe-error.ts'
import type { UnclearChoice } from '../../shared/ipc/contract.ts'
import { terminalJson, terminalText } from '../../shared/terminal-text.ts'
import { imagesDir } from '../batch/journal/batch-folder.ts'
import type { CliCommand, OutputChoice } from './arguments.ts'
import { begin } from './convert.ts'
import { explainOutput, finish } from './finish.ts'
import { isWhole } from './is-whole.ts'
import { findKeysProblem } from './keys.ts'
import { nameImages } from './name-images.ts'
import { openOutput, standardOutput } from './output-file.ts'
import { explainPaid, findAccountProblem } from './paid-images.ts'
import { hasBatches, peekBatch } from './peek-batch.ts'
import { printNow } from './print-results.ts'
import { createPrinter } from './printer.ts'
import { batchesOf, findRun, listRuns, removeRun, spellCommand, type RunFolder } from './run-folder.ts'
import { claimRun, isRunClaimed } from './run-lock.ts'
import { note, openSession, type CliContext, type Session } from './session.ts'
import { EXIT } from './usage-text.ts'

type Named<Name extends CliCommand['name']> = Extract<CliCommand, { name: Name }>

/** One line a batch: id, state, counts, engine, when, and the ids that the engine gave. */
export async function list(isJson: boolean, dataDir: string): Promise<number> {
  const out = standardOutput()
  try {
    for (const run of await listRuns(dataDir)) {
      const row = await describeRun(run)
      await out.write(isJson ? terminalJson(row) : terminalText(toText(row)))
    }
    return EXIT.done
  } catch (error) {
    // Whoever read along has seen enough (`| head`).
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return EXIT.done
    throw error
  }
}

async function describeRun({ dir, record }: RunFolder) {
  const batch = (await peekBatch(dir))?.batch
  const items = batch?.items ?? []
  const count = (state: string) => items.filter((item) => item.state === state).length
  const hasAll = batch !== undefined && record.isBegun && isWhole(batch) && count('ready') === 0
  return {
    id: record.id,
    state: (await isRunClaimed(dir)) ? 'running' : hasAll ? 'done' : 'unfinished',
    images: items.length,
    completed: count('completed'),
    failed: count('error'),
    engine: record.engine.kind,
    createdAt: record.createdAt,
    batch_ids: batch?.submissions.flatMap(({ batch_id }) => batch_id ?? []) ?? [],
  }
}

function toText(row: Awaited<ReturnType<typeof describeRun>>): string {
  const ids = row.batch_ids.length > 0 ? `  batch_id ${row.batch_ids.join(', ')}` : ''
  const failed = row.failed > 0 ? `, ${String(row.failed)} failed` : ''
  return `${row.id}  ${row.state.padEnd(10)}  ${String(row.completed)} of ${String(row.images)}${failed}  ${row.engine}  ${row.createdAt}${ids}`
}

/** Finishes a batch: asks for what was sent, sends what certainly was not. */
export async function resume(
  command: Named<'resume'>,
  dataDir: string,
  context: CliContext,
): Promise<number> {
  return withRun(command.id, dataDir, async (run) => {
    const stored = await peekBatch(run.dir)
    const problem =
      findKeysProblem(run.record.engine, context.env) ??
      (stored && findAccountProblem(stored.batch, command.unclear, context.env['MATHPIX_APP_ID']))
    if (problem !== undefined) {
      note(problem)
      return EXIT.usage
    }
    const how = outputOf(command, run)
    const file = command.out ?? run.record.out
    const out = await openOutput(file, run.record, how.format).catch((error: unknown) =>
      explainOutput(file ?? '', error),
    )
    if (typeof out === 'string') {
      note(out)
      return EXIT.usage
    }
    const session = await openSession(run, context)
    await answerUnclear(session, command.unclear)
    if (!(await begin(session))) {
      await out.discard()
      await session.close()
      note(`The batch is kept unfinished: ${spellCommand('resume', run)}`)
      return EXIT.unfinished
    }
    return finish(session, how, out, context.signal)
  })
}

/** What no reply was got for is a question that only the user answers; asking the service costs nothing. */
async function answerUnclear({ service, batch }: Session, answer: UnclearChoice): Promise<void> {
  const found = batch()
  for (const { id, state, itemIds } of found?.submissions ?? []) {
    if (!found || state !== 'unclear') continue
    const answered = await service.resolveUnclear(found.id, id, answer)
    if (!answered.ok) {
      const { title, hint } = describeError(answered.error)
      note(`${title}. ${hint}`)
    }
    const looked = batch()?.submissions.find((submission) => submission.id === id)
    if (looked?.state !== 'unclear') continue
    note(
      `It is not known whether ${String(itemIds.length)} images were accepted. ${looked.looked?.message ?? ''}`,
    )
    note('--send-again sends them again, which may bill them twice; --give-up counts them as failed.')
  }
}

/** Prints what is there, and asks nobody. */
export function exportBatch(command: Named<'export'>, dataDir: string): Promise<number> {
  return withRun(
    command.id,
    dataDir,
    async (run) => {
      const stored = await peekBatch(run.dir)
      if (!stored) {
        note('The batch holds no images yet.')
        return EXIT.unfinished
      }
      try {
        const out = await openOutput(command.out, run.record, outputOf(command, run).format)
        const names = nameImages(
          stored.batch.items,
          (id) => stored.privateItems.get(id)?.path,
          run.record.cwd,
        )
        const how = outputOf(command, run)
        const images = imagesDir(path.join(batchesOf(run.dir), stored.batch.id))
        const printer = createPrinter(how, out, (id) => {
          const name = stored.privateItems.get(id)?.image
          return name === undefined ? undefined : path.join(images, name)
        })
        const { hasFailed } = await printNow(stored.batch, names, how, printer)
        await out.commit()
        if (!isWhole(stored.batch)) return EXIT.unfinished
        return hasFailed ? EXIT.failed : EXIT.done
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EPIPE') return EXIT.done
        note(explainOutput(command.out ?? 'the output', error))
        return EXIT.usage
      }
    },
    { isReading: true },
  )
}

/** Deletes a batch. What is paid for and not fetched goes only when the user is sure. */
export function remove({ id, isSure }: Named<'remove'>, dataDir: string): Promise<number> {
  return withRun(id, dataDir, async (run) => {
    const isFree = run.record.engine.kind === 'local' || !(await hasBatches(run.dir))
    const problem = isFree || isSure ? undefined : explainPaid((await peekBatch(run.dir))?.batch)
    if (problem !== undefined) {
      note(
        `${problem} ${spellCommand('resume', run)} fetches what can be had; --yes removes the batch all the same.`,
      )
      return EXIT.usage
    }
    await removeRun(run)
    return EXIT.done
  })
}

function outputOf(given: Partial<OutputChoice>, { record }: RunFolder): OutputChoice {
  const format = given.format ?? record.format
  return { isJson: given.isJson ?? record.isJson, ...(format === undefined ? {} : { format }) }
}

async function withRun(
  id: string,
  dataDir: string,
  use: (run: RunFolder) => Promise<number>,
  { isReading = false } = {},
): Promise<number> {
  const run = await findRun(dataDir, id)
  if (!run) {
    note(`There is no batch ${id}. “formulift batch list” shows those that there are.`)
    return EXIT.usage
  }
  if (isReading) return use(run)
  const claim = await claimRun(run.dir)
  if (!claim) {
    note(`Another process works on batch ${id}. Nothing was changed.`)
    return EXIT.usage
  }
  try {
    return await use(run)
  } finally {
    await claim.release()
  }
}
