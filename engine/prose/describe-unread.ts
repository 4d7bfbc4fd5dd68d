import { findLanguageData } from './language-data.ts'
import { allowLanguages, LANGUAGES, languageCodes } from './languages.ts'

/**
 * Says why the words of a page were left out: which languages are missing, and which `alphabets_allowed` bars.
 * @param alphabets as they were sent, by code
 */
export function describeUnreadWords(
  atHand: ReadonlyMap<string, unknown> = findLanguageData(),
  alphabets: Readonly<Record<string, boolean>> = {},
): string {
  const name = (codes: readonly (keyof typeof LANGUAGES)[]) =>
    codes.map((code) => LANGUAGES[code].name).join(', ')
  const missing = languageCodes.filter((code) => !atHand.has(code))
  const known = new Set(languageCodes.filter((code) => atHand.has(code)))
  const allowed = allowLanguages(known, alphabets)
  const barred = [...known].filter((code) => !allowed.has(code))
  return [
    'The words around the formulas are in a language that cannot be read here, and were left out.',
    ...(missing.length > 0 ? [`No data at hand: ${name(missing)}.`] : []),
    ...(barred.length > 0 ? [`Barred by alphabets_allowed: ${name(barred)}.`] : []),
    `At hand: ${name([...allowed])}.`,
  ].join(' ')
}
