import { findLanguageData } from './language-data.ts'
import { LANGUAGES, languageCodes } from './languages.ts'

/** Says which languages are missing where the words of a page were left out. */
export function describeUnreadWords(atHand: ReadonlyMap<string, unknown> = findLanguageData()): string {
  const name = (codes: readonly (keyof typeof LANGUAGES)[]) =>
    codes.map((code) => LANGUAGES[code].name).join(', ')
  const missing = languageCodes.filter((code) => !atHand.has(code))
  const known = languageCodes.filter((code) => atHand.has(code))
  return [
    'The words around the formulas are in a language that cannot be read here, and were left out.',
    ...(missing.length > 0 ? [`No data at hand: ${name(missing)}.`] : []),
    `At hand: ${name(known)}.`,
  ].join(' ')
}
