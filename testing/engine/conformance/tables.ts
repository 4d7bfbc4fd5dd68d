import { batchRows } from './batch-rows.ts'
import { batchFields, latexFields, textFields } from './field-rows.ts'
import { latexRows } from './latex-rows.ts'
import { judge, type FieldRow, type ParameterRow } from './rows.ts'
import { textRows } from './text-rows.ts'

export const parameterTables = { 'v3/batch': batchRows, 'v3/latex': latexRows, 'v3/text': textRows } as const
export const fieldTables = {
  'v3/batch': batchFields,
  'v3/latex': latexFields,
  'v3/text': textFields,
} as const

/** What stands between these lines in docs/embedded-engine.md is written by {@link renderTables}. */
export const BEGIN =
  '<!-- parameters and results: written by `npm run docs:engine` from testing/engine/conformance -->'
export const END = '<!-- end of parameters and results -->'

/** Both kinds of tables as Markdown. */
export function renderTables(): string {
  const parameters = Object.entries(parameterTables).flatMap(([endpoint, rows]) => [
    `### Parameters of ${endpoint}`,
    '',
    '| parameter | here | | refused |',
    '| --- | --- | --- | --- |',
    ...rows.map(renderParameter),
    '',
  ])
  const fields = Object.entries(fieldTables).flatMap(([endpoint, rows]) => [
    `### Results of ${endpoint}`,
    '',
    '| member | here | |',
    '| --- | --- | --- |',
    ...rows.map(renderField),
    '',
  ])
  return [...parameters, ...fields].join('\n')
}

function renderParameter(row: ParameterRow): string {
  const refusals = row.proofs.flatMap((proof) =>
    proof.kind === 'refuses' ? [`${proof.what}: \`${proof.id}\``] : [],
  )
  return renderRow([row.name, judge(row), row.note, refusals.join('; ')])
}

function renderField(row: FieldRow): string {
  return renderRow([`\`${nameField(row)}\``, judgeField(row), row.note])
}

/** `line_data.0.id` is written `line_data[].id`. */
export function nameField({ name }: FieldRow): string {
  return name.replace('.0.', '[].')
}

export function judgeField(row: FieldRow): 'given' | 'given when' | 'left out' {
  if (row.value === undefined) return 'left out'
  return row.when ? 'given when' : 'given'
}

function renderRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
