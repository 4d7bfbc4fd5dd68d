import { describe, expect, it } from 'vitest'
import type { Item } from '../../shared/batch.ts'
import { toResultLine } from '../../shared/result-line.ts'
import { readArguments, type CliCommand } from './arguments.ts'
import { toTextLine } from './text-line.ts'

describe('the command line', () => {
  it('asks for LaTeX beside the format that is printed', () => {
    const command = readArguments(['convert', 'a.png', '--format', 'mathml', '--json'], {})
    expect(command).toMatchObject({
      inputs: ['a.png'],
      format: 'mathml',
      isJson: true,
      options: { formats: ['mathml', 'latex_styled'] },
    })
    expect(readArguments(['convert', 'a', '--format', 'html'], {})).toMatchObject({
      options: { ocr_behavior: 'text' },
    })
  })

  it('takes the address of Mathpix from the environment', () => {
    const command = readArguments(['convert', 'a', '--engine', 'mathpix'], {
      MATHPIX_API: 'http://127.0.0.1:1',
    })
    expect(command).toMatchObject({ engine: { kind: 'mathpix', baseUrl: 'http://127.0.0.1:1' } })
  })

  it('makes the document that the name of the file says, and asks for LaTeX as ever', () => {
    const plain = readArguments(['convert', 'a'], {}) as CliCommand
    for (const out of ['all.docx', 'all.TEX', 'all.csv']) {
      const command = readArguments(['convert', 'a', '--out', out], {})
      expect(command).toEqual({ ...plain, out, format: out.split('.')[1]?.toLowerCase() })
    }
    expect(readArguments(['convert', 'a', '--out', 'all.txt'], {})).toEqual({ ...plain, out: 'all.txt' })
    expect(readArguments(['convert', 'a', '--format', 'typst'], {})).toEqual({ ...plain, format: 'typst' })
    expect(readArguments(['convert', 'a', '--out', 'all.jsonl', '--json'], {})).not.toHaveProperty('format')
  })

  it.each([
    [['convert', 'a', '--format', 'docx']],
    [['convert', 'a', '--format', 'csv', '--out', 'b', '--json']],
    [['convert', 'a', '--format', 'typst', '--json']],
    [[]],
    [['convert']],
    [['melt', 'a']],
    [['convert', 'a', '--engine', 'x']],
    [['convert', 'a', '--format', 'x']],
    [['convert', 'a', '--nope']],
  ])('%j is wrong usage', (args) => {
    expect(readArguments(args, {})).toHaveProperty('problem')
  })
})

describe('a line', () => {
  const item: Item = {
    id: '1',
    key: 'k',
    source: { kind: 'file', name: 'a.png' },
    state: 'completed',
    overrides: {},
    flagged: false,
    accepted: false,
  }

  it('holds file, confidence and LaTeX', () => {
    const line = toResultLine(
      { ...item, result: { latex_styled: 'x^2', asciimath: 'x^2', latex_confidence: 0.5 } },
      'a.png',
    )
    expect(line).toMatchObject({ file: 'a.png', latex: 'x^2', confidence: 0.5, error: null })
    expect(toTextLine(line, undefined)).toBe('a.png  0.500  x^2')
    expect(toTextLine(line, 'latex_confidence')).toContain('0.5')
  })

  it('without LaTeX is an error', () => {
    expect(toResultLine({ ...item, result: {} }, 'a.png')).toMatchObject({
      latex: null,
      confidence: null,
      error: { kind: 'unexpected_response' },
    })
    const failed = toResultLine(
      { ...item, state: 'error', error: { kind: 'image', reason: 'empty', message: 'It is empty.' } },
      'a.png',
    )
    expect(toTextLine(failed, undefined)).toMatch(/^a\.png {2}- {2}error: .*It is empty\./)
  })
})
