import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Parameter } from '../../../shared/parameter-kinds.ts'
import { parameterEntries } from '../../../shared/parameters.ts'

it('docs/options.md has the table that `npm run docs:options` writes of it', async () => {
  const file = path.resolve(import.meta.dirname, '../../../docs/options.md')
  const [before = ''] = readFileSync(file, 'utf8').split(START)
  await expect(`${before}${START}\n${parameterEntries.map(renderRow).join('')}`).toMatchFileSnapshot(file)
})

const START =
  '| option | has an effect in | set for | in the window | takes | |\n| --- | --- | --- | --- | --- | --- |'

function renderRow([name, parameter]: readonly [string, Parameter]): string {
  const { behaviour, level, wants, rule } = parameter
  const cells = [
    `\`${name}\``,
    behaviour === 'both' ? 'latex, text' : behaviour,
    level === 'batch' ? 'the batch' : 'the batch, one image',
    describeField(parameter),
    wants,
    rule?.words ?? '',
  ]
  return `| ${cells.join(' | ')} |\n`
}

function describeField({ field }: Parameter): string {
  if (!field) return 'JSON'
  return field.kind === 'own' ? 'form' : `form: ${field.label}`
}
