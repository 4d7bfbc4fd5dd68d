import { fileURLToPath } from 'node:url'
import { terminalLines } from '../shared/terminal-text.ts'
import { readArguments, type CliCommand } from './cli/arguments.ts'
import { exportBatch, list, remove, resume } from './cli/batch-commands.ts'
import { convert } from './cli/convert.ts'
import { findDataFolder } from './cli/data-folder.ts'
import { note, type CliContext } from './cli/session.ts'
import { EXIT, USAGE } from './cli/usage-text.ts'
import { systemClock } from './clock.ts'
import { explainDiskError } from './disk-errors.ts'
import { watchStopSignals } from './stop-signals.ts'

/** How long a stopped run may take to hear what became of what it had just sent. */
const GRACE_MS = 95_000

/** After this long it is told what is being waited for; a signal counts as another one by then. */
const QUIET_MS = 2000
const STILL_WAITING =
  'Waiting for the reply to what was just sent. Ctrl-C once more ends at once, and leaves open whether it was accepted.'

/** `formulift`: the app without a window, in plain Node. Results on stdout, everything else on stderr. */
async function main(): Promise<number> {
  const command = readArguments(process.argv.slice(2), process.env)
  if (command === 'help') {
    process.stdout.write(`${USAGE}\n`)
    return EXIT.done
  }
  if ('problem' in command) {
    process.stderr.write(`${terminalLines(command.problem)}\n\n${USAGE}\n`)
    return EXIT.usage
  }
  const stop = new AbortController()
  const onStop = () => {
    stop.abort()
    setTimeout(() => note(STILL_WAITING), QUIET_MS).unref()
    setTimeout(() => process.exit(EXIT.stopped), GRACE_MS).unref()
  }
  watchStopSignals(process, { onStop, onEnd: () => process.exit(EXIT.stopped) }, systemClock)
  try {
    return await run(command, {
      env: process.env,
      builtDir: fileURLToPath(new URL('.', import.meta.url)),
      signal: stop.signal,
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    note(`${explainDiskError(error)} ${findDataFolder(command.data, process.env)}`)
    return EXIT.usage
  }
}

function run(command: CliCommand, context: CliContext): Promise<number> {
  const dataDir = findDataFolder(command.data, context.env)
  switch (command.name) {
    case 'convert':
      return convert(command, dataDir, context)
    case 'list':
      return list(command.isJson, dataDir)
    case 'resume':
      return resume(command, dataDir, context)
    case 'export':
      return exportBatch(command, dataDir)
    case 'remove':
      return remove(command, dataDir)
  }
}

// A terminal or a reader that is gone is no reason to lose a reply; who writes what matters looks at each write.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

// Everything that is waited for is waited for in the background: the process must not end meanwhile.
const awake = setInterval(() => undefined, 60_000)
process.exitCode = await main().finally(() => clearInterval(awake))
