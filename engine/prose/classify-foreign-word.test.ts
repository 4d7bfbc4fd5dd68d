import { expect, it } from 'vitest'
import { classifyForeignWord } from './classify-foreign-word.ts'
import { LANGUAGES, type LanguageCode } from './languages.ts'

const cases: readonly (readonly [LanguageCode, string, string])[] = [
  ['deu', 'für', 'prose'],
  ['deu', 'Überlege', 'prose'],
  ['deu', 'x', 'math'],
  ['deu', 'sin', 'function'],
  ['fra', 'à', 'article'],
  ['spa', 'y', 'article'],
  ['vie', 'biểu', 'prose'],
  ['rus', 'на', 'prose'],
  ['rus', 'х', 'math'],
  ['rus', 'в', 'article'],
  ['rus', 'x^2', 'math'],
  ['chi_sim', '求解', 'prose'],
  ['chi_sim', '。', 'mark'],
  ['chi_sim', 'x=2', 'math'],
  ['jpn', 'ー', 'operator'],
]

it.each(cases)('%s: %s is %s', (language, text, kind) => {
  expect(classifyForeignWord({ text, confidence: 0.95, hasScript: false }, LANGUAGES[language])).toBe(kind)
})

it('takes accents of a word of another alphabet for no exponents, but what stands above an English one', () => {
  const seen = { text: 'tập', confidence: 0.95, hasScript: true }
  expect(classifyForeignWord(seen, LANGUAGES.vie)).toBe('prose')
  expect(classifyForeignWord({ ...seen, text: 'tap' }, LANGUAGES.vie)).toBe('math')
})
