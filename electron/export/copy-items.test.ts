import { describe, expect, it } from 'vitest'
import { batchOf, doneOf, itemOf } from '../../testing/shared/small-batch.ts'
import type { Batch } from '../../shared/batch.ts'
import type { CopyFormat, ResultFormat } from '../../shared/output-formats.ts'
import { copyItems } from './copy-items.ts'

const idsOf = ({ items }: Batch) => items.map(({ id }) => id)

async function copy(batch: Batch, format: CopyFormat | ResultFormat, itemIds = idsOf(batch)) {
  const written: { text: string; html?: string | undefined }[] = []
  const answer = await copyItems(batch, { itemIds, format }, (text, html) => {
    written.push({ text, html })
    return Promise.resolve()
  })
  return { answer, written }
}

describe('what is copied', () => {
  it('is in drop order, edits first, without what has no LaTeX', async () => {
    const batch = batchOf(doneOf('1', 'a'), itemOf('2'), doneOf('3', 'b', { edit: 'c' }))
    const { answer, written } = await copy(batch, 'latex', idsOf(batch).toReversed())
    expect(written).toEqual([{ text: 'a\nc', html: undefined }])
    expect(answer).toEqual({ copied: 2, problems: [] })
  })

  it('leaves the clipboard alone when there is nothing', async () => {
    const { answer, written } = await copy(batchOf(itemOf('1')), 'typst')
    expect(written).toEqual([])
    expect(answer.copied).toBe(0)
  })

  it('carries an equation for Word beside MathML', async () => {
    const { written } = await copy(batchOf(doneOf('1', '\\frac{1}{2}')), 'mathml')
    expect(written[0]?.text).toMatch(/^<math xmlns=/)
    expect(written[0]?.html).toContain('<m:oMathPara><m:oMath><m:f><m:num>')
    expect(written[0]?.html).toContain('<mfrac><mn>1</mn><mn>2</mn></mfrac>')
  })

  it('is the whole answer, or a line of JSON for each that was run, without keys', async () => {
    const answer = { latex_styled: 'a', brand_new: [1], app_key: 'k3y' }
    const error = { kind: 'mathpix', id: 'image_no_content', message: 'No content' } as const
    const done = doneOf('1', 'a', { edit: 'b', result: answer })
    const failed = itemOf('2', { state: 'error', error })
    const batch = batchOf(done, failed, itemOf('3'))
    const shown = { latex_styled: 'a', brand_new: [1] }
    const one = await copy(batch, 'json', [done.id])
    expect(JSON.parse(one.written[0]?.text ?? '')).toEqual(shown)
    const all = await copy(batch, 'jsonl')
    const lines = (all.written[0]?.text ?? '').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { key: done.key, file: '1.png', latex: 'b', confidence: null, error: null, result: shown },
      { key: failed.key, file: '2.png', latex: null, confidence: null, error, result: null },
    ])
  })
})
