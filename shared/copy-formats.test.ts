import { describe, expect, it } from 'vitest'
import { formatAll, formatLatex, type CopyFormat } from './copy-formats.ts'

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

describe('the table', () => {
  it('is all there is: another format does not compile', () => {
    // @ts-expect-error no entry of the table
    expect(() => formatLatex('x', 'unknown')).toThrow()
  })
})

describe('formatAll', () => {
  it('joins in the given order by newlines and leaves out the empty ones', () => {
    expect(formatAll(['b', '', 'a', '  '], 'dollar')).toBe('$b$\n$a$')
  })
})
