import path from 'node:path'

export type StartInputs = { readonly paths: readonly string[]; readonly urls: readonly string[] }

/**
 * Files, folders and addresses on a command line. In development the arguments of the app come after its own
 * path; flags (Chromium adds some) are no inputs.
 */
export function readStartInputs(
  argv: readonly string[],
  cwd: string,
  app: { readonly isPackaged: boolean; readonly appPath: string },
): StartInputs {
  const own = app.isPackaged
    ? 0
    : argv.findIndex((argument, index) => index > 0 && path.resolve(cwd, argument) === app.appPath)
  if (own < 0) return { paths: [], urls: [] }
  const inputs = argv.slice(own + 1).filter((argument) => argument !== '' && !argument.startsWith('-'))
  return {
    urls: inputs.filter(isAddress),
    paths: inputs.filter((input) => !isAddress(input)).map((input) => path.resolve(cwd, input)),
  }
}

function isAddress(input: string): boolean {
  return /^https?:\/\//i.test(input)
}
