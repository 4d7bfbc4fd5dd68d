import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { allCases } from './fault-cases.ts'
import { renderFailures, rowsOf } from './failures-table.ts'

const file = path.resolve(import.meta.dirname, '../../../docs/failures.md')

describe('docs/failures.md', () => {
  it('is what `npm run docs:failures` writes of the cases', async () => {
    await expect(renderFailures(allCases)).toMatchFileSnapshot(file)
  })

  it('has each case in exactly one row', () => {
    const rows = rowsOf(allCases)
    expect(rows.flatMap(({ names }) => names)).toHaveLength(allCases.length)
    expect(rows.length).toBeGreaterThanOrEqual(60)
  })
})
