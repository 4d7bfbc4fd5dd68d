import { takeTurns } from './take-turns.ts'

/** Entries that are written together: enough to be quick, few enough to let others have their turn. */
const TOGETHER = 100

/** The JSON text of an array, piece by piece, with turns for others in between. */
export function piecesOfArray(entries: Iterable<unknown>): AsyncGenerator<string> {
  return join('[', ']', entries, (entry) => JSON.stringify(entry))
}

/** The JSON text of an object, likewise. A repeated name is the caller's to avoid. */
export function piecesOfObject(members: Iterable<readonly [string, unknown]>): AsyncGenerator<string> {
  return join('{', '}', members, ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
}

async function* join<T>(
  open: string,
  close: string,
  entries: Iterable<T>,
  write: (entry: T) => string,
): AsyncGenerator<string> {
  const turn = takeTurns()
  let written: string[] = []
  let lead = open
  for (const entry of entries) {
    written.push(write(entry))
    if (written.length < TOGETHER) continue
    yield lead + written.join(',')
    written = []
    lead = ','
    await turn()
  }
  yield written.length > 0 || lead === open ? lead + written.join(',') + close : close
}
