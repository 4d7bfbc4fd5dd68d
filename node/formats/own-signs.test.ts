// First: it changes MathJax for the whole process.
import 'mathpix-markdown-it'
import { expect, it } from 'vitest'
import { createRequire } from 'node:module'
import { readFormula } from './read-formula.ts'
import { writeMathml } from './mathml.ts'

it('reads signs as MathJax does, whatever another library made of them', () => {
  // Its changes come with the part that draws.
  createRequire(import.meta.url)('mathpix-markdown-it/lib/mathjax/index.js')
  expect(writeMathml(readFormula('A\\oint B_{\\oint}^{2}', true), true)).toContain('∮')
})
