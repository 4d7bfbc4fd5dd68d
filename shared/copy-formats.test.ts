import { describe, expect, it } from 'vitest'
import { formatAll, formatLatex } from './copy-formats.ts'
import type { CopyFormat } from './settings.ts'

describe('formatLatex', () => {
  it.each<[CopyFormat, string, string]>([
    ['latex', ' x^2 ', 'x^2'],
    ['dollar', 'x^2', '$x^2$'],
    ['dollar', 'a\nb', '$a b$'],
    ['bracket', 'x^2', '\\[x^2\\]'],
    ['bracket', 'a \\\\\nb', '\\[\na \\\\\nb\n\\]'],
    ['dollar', 'Let \\(x\\) be', 'Let \\(x\\) be'],
    ['bracket', '$x$ and $y$', '$x$ and $y$'],
    ['dollar', '5\\$', '$5\\$$'],
  ])('%s of %j', (format, latex, expected) => {
    expect(formatLatex(latex, format)).toBe(expected)
  })
})

describe('formatAll', () => {
  it('joins in the given order by newlines and leaves out the empty ones', () => {
    expect(formatAll(['b', '', 'a', '  '], 'dollar')).toBe('$b$\n$a$')
  })
})
