import { classifyWord, type WordKind } from './classify-word.ts'
import { fold, type Language } from './languages.ts'

/** A letter that English does not have, or a sign of a script that formulas do not use. */
const ownLetter = /[^\p{ASCII}\p{sc=Greek}\P{L}]/u
const inSquares = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u
const operators = /[=+<>^_|\\×·÷≤≥≠≈∈→]/
const fullWidthMarks = /^[。、，．；：！？「」『』（）《》“”]+$/

type SeenText = { readonly text: string; readonly confidence: number; readonly hasScript: boolean }

/** Judges a word of another language than English; see {@link classifyWord}. */
export function classifyForeignWord(seen: SeenText, language: Language): WordKind {
  const { text, confidence, hasScript } = seen
  if (inSquares.test(text)) return classifySquares(text, confidence)
  if (fullWidthMarks.test(text)) return 'mark'
  return classifyLetters(seen, language) ?? classifyWord(text, confidence, hasScript)
}

/** Nothing but signs of such a script, which formulas are sometimes taken for. */
export function isSquares(text: string): boolean {
  return inSquares.test(text) && !/[A-Za-z0-9=+<>]/.test(text)
}

/** `undefined` for what any language may have. */
function classifyLetters(
  { text, confidence, hasScript }: SeenText,
  language: Language,
): WordKind | undefined {
  const core = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  const letters = core.replace(/[^\p{L}]/gu, '')
  if (letters === '' || letters.length < 0.75 * core.length || operators.test(text)) return undefined
  if (letters.length === 1) return isLoneWord(text, core, language) && !hasScript ? 'article' : 'math'
  if (!hasScript && language.frequent.has(fold(core))) return confidence > 0.55 ? 'prose' : 'weak'
  // Accents stand where exponents do; but no exponent makes a letter of another alphabet legible.
  const isOwn = ownLetter.test(core)
  if (isOwn && confidence > 0.6) return 'prose'
  if (!hasScript && letters.length >= 3 && confidence > 0.8 && isCased(letters) && !isFunction(core))
    return 'prose'
  return isOwn && letters.length >= 4 ? 'weak' : undefined
}

function isLoneWord(text: string, letter: string, { loneLetters }: Language): boolean {
  return loneLetters.has(letter) && !/[([{]/.test(text)
}

function isCased(letters: string): boolean {
  return /^\p{Lu}?\p{Ll}+$|^\p{Lu}{3,}$/u.test(letters)
}

function isFunction(core: string): boolean {
  return classifyWord(core, 1, false) === 'function'
}

/** Signs that stand for nothing but words; formulas taken for them are read without confidence, and some are operators' twins. */
function classifySquares(text: string, confidence: number): WordKind {
  if (!isSquares(text)) return 'math'
  if (/^[十一二ー]$/.test(text)) return 'operator'
  return confidence > 0.6 ? 'prose' : 'weak'
}
