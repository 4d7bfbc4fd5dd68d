import { fileURLToPath } from 'node:url'
import { convert } from './cli/convert.ts'
import { readArguments, USAGE } from './cli/read-arguments.ts'

/** `formulift`: the app without a window, in plain Node. Results on stdout, everything else on stderr. */
async function main(): Promise<number> {
  const command = readArguments(process.argv.slice(2), process.env)
  if (command === 'help') {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  if ('problem' in command) {
    process.stderr.write(`${command.problem}\n\n${USAGE}\n`)
    return 2
  }
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      stop.abort()
      // Whatever still runs must not keep the terminal.
      setTimeout(() => process.exit(130), 3000).unref()
    })
  }
  const code = await convert(command, {
    env: process.env,
    builtDir: fileURLToPath(new URL('.', import.meta.url)),
    signal: stop.signal,
  })
  return stop.signal.aborted ? 130 : code
}

// A reader that closes the pipe early (`| head`) is no error.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main()
