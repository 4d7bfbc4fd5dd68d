import type { InkLine } from './find-lines.ts'
import { fold, LANGUAGES, type LanguageCode } from './languages.ts'
import { findFrame } from './line-frame.ts'
import type { PageInk } from './page-ink.ts'
import { seeWords, type FramedLine, type PlacedWord } from './see-words.ts'
import type { TextReader } from './text-reader.ts'

/** What a page is written in, and what was seen of its lines on the way. `language` is undefined where none at hand can read it. */
export type ChosenLanguage = {
  readonly language: LanguageCode | undefined
  readonly seen: ReadonlyMap<InkLine, readonly PlacedWord[]>
}

/** So many of the longest lines are looked at in English, so many of those in each other alphabet. */
const mostLines = 6
const linesOfTrial = 4
/** Share of the letters that were read with confidence from which a language is legible; and where English alone leaves no doubt. */
const legibleShare = 0.5
/** With less, and hardly a word of English, a page is in no language at hand. */
const leastEnglish = 0.35
const certainShare = 0.8
const confidentWord = 0.75
/** With fewer letters in words, whatever they say, there are formulas only: English data see 3 in such, 22 and more on pages in any other script. */
const leastWritten = 12
/** So many words more of one language than of English tell it. */
const leastLead = 2

/** Alphabets that English data cannot read, by the language that is tried for each. */
const otherAlphabets: readonly LanguageCode[] = ['rus', 'chi_sim', 'jpn', 'vie']

/**
 * Tells the language of a page: English data read the longest lines; words that are frequent in another language of the same letters
 * tell that one, and where there are words of which little can be read each other alphabet is tried on four lines.
 * @param allowed languages that may be chosen; English is always looked with
 */
export async function chooseLanguage(
  lines: readonly InkLine[],
  page: PageInk,
  textReader: TextReader,
  allowed: ReadonlySet<LanguageCode>,
): Promise<ChosenLanguage> {
  const sample = [...lines]
    .sort((one, other) => other.pieces.length - one.pieces.length)
    .slice(0, mostLines)
    .flatMap((line) => {
      const frame = findFrame(line, page.glyphHeight)
      return frame ? [{ line, frame, page }] : []
    })
  const english = await look(sample, textReader, 'eng')
  const words = [...english.values()].flat()
  const inEnglish = { language: allowed.has('eng') ? 'eng' : undefined, seen: english } as const
  if (countWritten(words) < leastWritten) return { language: 'eng', seen: english }
  const share = measureLegible(words)
  const told = tellByWords(words, allowed)
  if (told === 'eng' && share >= certainShare) return inEnglish
  const trials = new Set([
    ...(told === 'eng' ? [] : [told]),
    ...(share < legibleShare ? otherAlphabets.filter((code) => allowed.has(code)) : []),
  ])
  const none = { language: undefined, seen: english }
  const few = sample.slice(0, linesOfTrial)
  let best: { language: LanguageCode; share: number; seen: ChosenLanguage['seen'] } = {
    language: 'eng',
    share: measureLegible(few.flatMap(({ line }) => english.get(line) ?? [])),
    seen: english,
  }
  for (const language of trials) {
    const seen = await look(few, textReader, language)
    const found = { language, seen, share: measureLegible([...seen.values()].flat()) }
    if (language === told && found.share >= certainShare) return found
    if (found.share > best.share) best = found
  }
  if (best.language !== 'eng') return best.share >= legibleShare ? best : none
  const isEnglish = share >= leastEnglish || countFrequent(words, 'eng') >= leastLead
  return isEnglish ? inEnglish : none
}

async function look(
  sample: readonly FramedLine[],
  textReader: TextReader,
  language: LanguageCode,
): Promise<Map<InkLine, readonly PlacedWord[]>> {
  const seen = new Map<InkLine, readonly PlacedWord[]>()
  for (const one of sample) seen.set(one.line, await seeWords(one, textReader, language))
  return seen
}

const isInSquare = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+$/u

/** Letters of what has three and more and nothing that formulas are made of. */
function countWritten(words: readonly PlacedWord[]): number {
  return words
    .filter(({ text }) => !/[\d=+<>^_|\\(){}[\]]/.test(text))
    .map(({ text }) => text.replace(/[^\p{L}]/gu, '').length)
    .filter((letters) => letters >= 3)
    .reduce((sum, letters) => sum + letters, 0)
}

/** Share of the letters that stand in words read with confidence. What may be a formula does not count. */
export function measureLegible(words: readonly PlacedWord[]): number {
  let all = 0
  let legible = 0
  for (const { text, confidence } of words) {
    const letters = text.replace(/[^\p{L}\p{M}]/gu, '')
    if (letters.length < 0.6 * text.length) continue
    if (letters.length < 3 && !isInSquare.test(letters)) continue
    all += letters.length
    if (confidence >= confidentWord) legible += letters.length
  }
  return all === 0 ? 0 : legible / all
}

/** The language whose frequent words are most among those that English data saw. */
export function tellByWords(words: readonly PlacedWord[], allowed: ReadonlySet<LanguageCode>): LanguageCode {
  const english = countFrequent(words, 'eng')
  const [best] = [...allowed]
    .filter((code) => code !== 'eng')
    .map((code) => ({ code, lead: countFrequent(words, code) - english }))
    .sort((one, other) => other.lead - one.lead)
  return best && best.lead >= leastLead ? best.code : 'eng'
}

function countFrequent(words: readonly PlacedWord[], code: LanguageCode): number {
  return words.filter(({ text, confidence }) => confidence > 0.3 && LANGUAGES[code].frequent.has(fold(text)))
    .length
}
