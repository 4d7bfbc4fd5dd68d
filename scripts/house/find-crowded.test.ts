import { expect, it } from 'vitest'
import { findCrowded } from './find-crowded.ts'

const excused = (reason: string) =>
  `// eslint-disable-next-line @typescript-eslint/max-params${reason}\nfunction f() {}\n`

it('wants a reason in words for each excuse, and few excuses', () => {
  const good = { file: 'engine/one.ts', text: excused(' -- works on planes') }
  expect(findCrowded([good, { file: 'node/two.ts', text: excused('') }])).toEqual([
    'An excuse without a reason: node/two.ts',
  ])
  expect(findCrowded(Array.from({ length: 9 }, () => good))).toEqual([
    '9 functions have more than four parameters; 8 may',
  ])
})
