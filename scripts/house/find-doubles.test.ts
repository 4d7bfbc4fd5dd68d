import { expect, it } from 'vitest'
import { findDoubleStems, findDoubleTypes } from './find-doubles.ts'

it('names files of one tree with one stem, tests and entries aside', () => {
  const files = [
    'engine/reader.ts',
    'engine/prose/reader.tsx',
    'engine/prose/reader.test.ts',
    'electron/reader.ts',
    'testing/engine/scene.ts',
    'testing/electron/scene.ts',
    'scripts/bench/main.ts',
    'scripts/house/main.ts',
  ].map((file) => ({ file }))
  expect(findDoubleStems(files)).toEqual(['reader: engine/reader.ts, engine/prose/reader.tsx'])
})

it('names types of the product with one name', () => {
  const text = 'type Read = string\nexport const Read = 1\nfunction make() { type Inner = 1 }'
  const files = [
    { file: 'engine/one.ts', text },
    { file: 'shared/other.ts', text: 'export class Read {}' },
    { file: 'training/third.ts', text },
    { file: 'engine/one.test.ts', text },
  ]
  expect(findDoubleTypes(files)).toEqual(['Read: engine/one.ts, shared/other.ts'])
})
