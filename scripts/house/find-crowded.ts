import type { ImportingFile } from './read-imports.ts'

/** Functions with more than four parameters that the house bears; each says why. */
const MOST_CROWDED = 8
const excuse = /eslint-disable[^\n]*\b(?:max-params|complexity)\b[^\n]*/g

/** Excuses from lint's bounds on parameters and branches that give no reason in words, and whether there are too many of the first kind. */
export function findCrowded(files: readonly Pick<ImportingFile, 'file' | 'text'>[]): string[] {
  const excuses = files
    .filter(({ file }) => /^(?:shared|node|engine|electron|renderer)\//.test(file))
    .flatMap(({ file, text }) => (text.match(excuse) ?? []).map((words) => ({ file, words })))
  const crowded = excuses.filter(({ words }) => words.includes('max-params'))
  return [
    ...excuses
      .filter(({ words }) => !/ -- \S+ \S+/.test(words))
      .map(({ file }) => `An excuse without a reason: ${file}`),
    ...(crowded.length > MOST_CROWDED
      ? [`${String(crowded.length)} functions have more than four parameters; ${String(MOST_CROWDED)} may`]
      : []),
  ]
}
