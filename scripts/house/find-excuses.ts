import type { ImportingFile } from './read-imports.ts'

/** Functions with more than four parameters that the house bears; each says why. */
const MOST_CROWDED = 8
const comments = /\/[/*]\s*eslint(?:-disable[\w-]*|-enable)?\s[^\n]*/g
const bounds = /\b(?:max-params|complexity)\b/

/**
 * What the product is excused from by comments to lint, and should not be: a comment that gives no reason in words, one for a whole file or
 * for all rules where lint bounds parameters and branches, and more functions with many parameters than the house bears.
 */
export function findExcuses(files: readonly Pick<ImportingFile, 'file' | 'text'>[]): string[] {
  const excuses = files
    .filter(({ file }) => /^(?:shared|node|engine|electron|renderer)\//.test(file))
    .flatMap(({ file, text }) => (text.match(comments) ?? []).map((words) => ({ file, words })))
  const crowded = excuses.filter(({ words }) => words.includes('max-params'))
  return [
    ...excuses
      .filter(({ words }) => !/eslint-disable\S* [\w@/-]+.* -- \S+ \S+/.test(words))
      .map(({ file }) => `An excuse without a rule and a reason: ${file}`),
    ...excuses
      .filter(({ words }) => bounds.test(words) && !words.includes('eslint-disable-next-line'))
      .map(({ file }) => `An excuse for more than one function: ${file}`),
    ...(crowded.length > MOST_CROWDED
      ? [`${String(crowded.length)} functions have more than four parameters; ${String(MOST_CROWDED)} may`]
      : []),
  ]
}
