import path from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { describeError } from '../../shared/describe-error.ts'
import type { ConvertCommand } from './arguments.ts'
import { explainOutput, finish } from './finish.ts'
import { isAddress } from './is-address.ts'
import { findKeysProblem } from './keys.ts'
import { openOutput, type ResultOutput } from './output-file.ts'
import { createRun, removeRun, saveRun, spellCommand, type RunFolder } from './run-folder.ts'
import { claimRun } from './run-lock.ts'
import { note, openSession, type CliContext, type Session } from './session.ts'
import { EXIT } from './usage-text.ts'

/** Converts in a run of its own, which stays when it could not be finished. Answers the exit code. */
export async function convert(
  command: ConvertCommand,
  dataDir: string,
  context: CliContext,
): Promise<number> {
  const { engine, options, isJson, format } = command
  const problem = findKeysProblem(engine, context.env)
  if (problem !== undefined) {
    note(problem)
    return EXIT.usage
  }
  const run = await createRun(
    dataDir,
    {
      engine,
      options,
      isJson,
      cwd: process.cwd(),
      inputs: command.inputs.map((input) => (isAddress(input) ? input : path.resolve(input))),
      ...(format === undefined ? {} : { format }),
      ...(command.out === undefined ? {} : { out: path.resolve(command.out) }),
    },
    new Date(),
  )
  const claim = await claimRun(run.dir)
  try {
    const out = await openOutput(command.out, run.record, command.format).catch((error: unknown) =>
      explainOutput(command.out ?? '', error),
    )
    if (typeof out === 'string') {
      note(out)
      await removeRun(run)
      return EXIT.usage
    }
    return await work(run, command, out, context)
  } finally {
    await claim?.release()
  }
}

async function work(
  run: RunFolder,
  command: ConvertCommand,
  out: ResultOutput,
  context: CliContext,
): Promise<number> {
  const session = await openSession(run, context).catch(async (error: unknown) => {
    await out.discard()
    await removeRun(run)
    throw error
  })
  const hasBegun = await begin(session).catch(async (error: unknown) => {
    const hasSent = (session.batch()?.submissions.length ?? 0) > 0
    await out.discard()
    await session.close()
    if (hasSent) note(`The batch is kept unfinished: ${spellCommand('resume', run)}`)
    else await removeRun(run)
    throw error
  })
  if (hasBegun) return finish(session, command, out, context.signal)
  const isUnsent = (session.batch()?.submissions.length ?? 0) === 0
  await out.discard()
  await session.close()
  if (isUnsent) await removeRun(run)
  else note(`The batch is kept unfinished: ${spellCommand('resume', run)}`)
  return isUnsent ? EXIT.failed : EXIT.unfinished
}

/**
 * Adds what the run was given, unless it is all there, and sends what is ready. False, with the reason told, when nothing could be
 * sent. What the batch has already is not added twice.
 */
export async function begin(session: Session): Promise<boolean> {
  const { service, run } = session
  const there = session.batch()
  const batch = there ? ({ ok: true, value: there } as const) : await service.createBatch('Command line')
  if (!batch.ok) return tell(batch.error)
  const { id } = batch.value
  if (!run.record.isBegun) {
    await addInputs(session, id)
    await service.whenPrepared(id)
  }
  const sent = session.batch()?.items.some(({ state }) => state === 'ready')
    ? await service.submitBatch(id)
    : undefined
  if (sent?.ok === false) return tell(sent.error)
  await saveRun({ ...run, record: { ...run.record, isBegun: true } })
  return true
}

/** Keeps the order of the command line over a mix of paths and addresses. */
async function addInputs({ service, run }: Session, batchId: string): Promise<void> {
  const isNew = service.peekBatch(batchId)?.items.length === 0
  for (const input of run.record.inputs) {
    const added = isAddress(input)
      ? await service.addUrls(batchId, [input])
      : await service.addSources(batchId, [{ kind: 'path', path: input }])
    if (!added.ok) tell(added.error)
    else if (isNew && added.value.duplicates > 0)
      note(`${input}: ${String(added.value.duplicates)} the same as before, read once`)
  }
}

function tell(error: AppError): false {
  const { title, hint } = describeError(error)
  note(`${title}. ${hint}`)
  return false
}
