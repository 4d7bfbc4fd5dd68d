import { expect, it } from 'vitest'
import { splitLatex } from '../../shared/latex/tokens.ts'
import { spellBold } from './spell-bold.ts'

it.each([
  ['\\mathbf{x}+\\mathbf{12}', '\\mathbf{x}+\\mathbf{12}'],
  ['\\mathbf{\\mu}=\\mathbf{v}', '\\boldsymbol{\\mu}=\\mathbf{v}'],
  ['\\mathbf{\\nabla f}', '\\boldsymbol{\\nabla f}'],
])('%s is written %s', (given, wanted) => {
  expect(spellBold(splitLatex(given))).toEqual(splitLatex(wanted))
})
