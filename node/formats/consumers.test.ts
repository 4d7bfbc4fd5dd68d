import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { COPY_FORMAT_NAMES, COPY_FORMATS } from '../../shared/output-formats.ts'
import { checkFormats, type FormatCheck } from '../../testing/node/check-formats.ts'

/** What the app hands out, read by programs that others use. A format that loses a construct is named in docs/formats.md, or mended. */

let checks: readonly FormatCheck[] = []
beforeAll(async () => {
  checks = await checkFormats()
})

describe('every construct', () => {
  it('is one of at least 300', () => {
    expect(checks.every(({ formulas }) => formulas >= 300)).toBe(true)
  })

  it.each(COPY_FORMAT_NAMES)('survives %s', (format) => {
    expect(checks.find((check) => check.format === format)?.failures).toEqual([])
  })
})

it('docs/formats.md has the table that `npm run docs:formats` writes of it', async () => {
  const file = path.resolve(import.meta.dirname, '../../docs/formats.md')
  const [before = ''] = readFileSync(file, 'utf8').split(START)
  await expect(`${before}${START}\n${checks.map(renderCheck).join('')}`).toMatchFileSnapshot(file)
})

const START = '| format | for | file | read by | survive |\n| --- | --- | --- | --- | --- |'

function renderCheck({ format, reader, formulas, failures }: FormatCheck): string {
  const { name, about, extension } = COPY_FORMATS[format]
  const shown = name === 'LaTeX' || /^[A-Z]/.test(name) ? name : `\`${name}\``
  return `| ${shown} | ${about} | .${extension} | ${reader} | ${formulas - failures.length} of ${formulas} |\n`
}
