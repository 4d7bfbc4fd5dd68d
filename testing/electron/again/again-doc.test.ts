import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { AgainCase } from './again-case.ts'
import { allCases } from './again-cases.ts'

const file = path.resolve(import.meta.dirname, '../../../docs/protocol.md')
const START = '<!-- again: written by `npm run docs:protocol` -->\n\n'
const END = '<!-- /again -->'

it('docs/protocol.md has each way in one row of its table', async () => {
  const text = readFileSync(file, 'utf8')
  const [before = '', rest = ''] = text.split(START)
  expect(rest).toContain(END)
  const after = rest.slice(rest.indexOf(END))
  await expect(`${before}${START}${renderTable(allCases)}\n${after}`).toMatchFileSnapshot(file)
})

it('no two ways have one name', () => {
  expect(new Set(allCases.map(({ name }) => name)).size).toBe(allCases.length)
})

function renderTable(cases: readonly AgainCase[]): string {
  const rows = cases.map(
    ({ name, then, sent }) => `| ${name} | ${then} | ${sent === 1 ? 'once' : 'twice'} |\n`,
  )
  return `| What happens | Who is asked first | Sent in all |\n| --- | --- | --- |\n${rows.join('')}`
}
