import { expect, it } from 'vitest'
import { findExcuses } from './find-excuses.ts'

const excused = (words: string) => `// ${words}\nfunction f() {}\n`
const good = 'eslint-disable-next-line @typescript-eslint/max-params -- works on planes'

it('wants a rule and a reason in words for each excuse, and few excuses', () => {
  expect(
    findExcuses([
      { file: 'engine/one.ts', text: excused(good) },
      { file: 'node/two.ts', text: excused('eslint-disable-next-line @typescript-eslint/max-params') },
      { file: 'node/three.ts', text: excused('eslint-disable-next-line -- of what it is') },
      { file: 'node/four.ts', text: '/* eslint-disable */' },
      { file: 'node/five.ts', text: '/* eslint complexity: off */' },
      { file: 'scripts/six.ts', text: '/* eslint-disable */' },
    ]),
  ).toEqual([
    'An excuse without a rule and a reason: node/two.ts',
    'An excuse without a rule and a reason: node/three.ts',
    'An excuse without a rule and a reason: node/four.ts',
    'An excuse without a rule and a reason: node/five.ts',
    'An excuse for more than one function: node/five.ts',
  ])
  const many = Array.from({ length: 9 }, () => ({ file: 'engine/one.ts', text: excused(good) }))
  expect(findExcuses(many)).toEqual(['9 functions have more than four parameters; 8 may'])
})

it('lets no excuse from the bounds hold for a whole file', () => {
  const text = '/* eslint-disable complexity -- a grammar, rule by rule */\n'
  expect(findExcuses([{ file: 'engine/one.ts', text }])).toEqual([
    'An excuse for more than one function: engine/one.ts',
  ])
})
