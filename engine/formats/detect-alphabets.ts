import type { Read } from '../reading.ts'

/** Letters by Mathpix's codes; those with marks that only Vietnamese has tell its alphabet. */
const LETTERS: Readonly<Record<string, RegExp>> = {
  en: /\p{sc=Latin}/u,
  hi: /\p{sc=Devanagari}/u,
  zh: /\p{sc=Han}/u,
  ja: /[\p{sc=Hiragana}\p{sc=Katakana}]/u,
  ko: /\p{sc=Hangul}/u,
  ru: /\p{sc=Cyrillic}/u,
  th: /\p{sc=Thai}/u,
  ta: /\p{sc=Tamil}/u,
  te: /\p{sc=Telugu}/u,
  gu: /\p{sc=Gujarati}/u,
  bn: /\p{sc=Bengali}/u,
  vi: /[đơư\u1ea0-\u1ef9]/iu,
}

/** Which alphabets the letters are of that were read in words and formulas; of words that nobody here reads nothing is known. */
export function detectAlphabets({
  lines = [],
  tokens,
}: Pick<Read, 'lines' | 'tokens'>): Record<string, boolean> {
  const words = lines.flatMap(({ segments }) =>
    segments.flatMap((one) => (one.kind === 'prose' ? [one.text] : [])),
  )
  const text = [...words, ...tokens.filter((token) => !token.startsWith('\\'))].join(' ').normalize('NFC')
  return Object.fromEntries(Object.entries(LETTERS).map(([code, letters]) => [code, letters.test(text)]))
}
