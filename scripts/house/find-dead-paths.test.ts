import { expect, it } from 'vitest'
import { findDeadPaths } from './find-dead-paths.ts'

it('names what a document points to and is not there', () => {
  const paths = new Set(['engine', 'engine/one.ts', 'docs', 'docs/two.md', 'training', 'training/generate'])
  const isThere = (path: string) => paths.has(path)
  const text = [
    '[one](../engine/one.ts), [two](two.md#part), [web](https://host/path) and [gone](../engine/gone.ts#part)',
    '`engine/one.ts`, `engine/*.onnx`, `engine/NAME.json`, `engine/lost.ts --flag`, `v3/text`, `training/data/x.json`',
  ].join('\n')
  expect(findDeadPaths([{ file: 'docs/doc.md', text }], isThere)).toEqual([
    'docs/doc.md: ../engine/gone.ts',
    'docs/doc.md: engine/lost.ts',
  ])
  const beside = { file: 'training/README.md', text: '`generate/`, `generate/all.ts`' }
  expect(findDeadPaths([beside], isThere)).toEqual(['training/README.md: generate/all.ts'])
})
