import { describe, expect, it } from 'vitest'
import { patchExtra, pickExtra, readExtra, writeExtra } from './extra-options.ts'

const problem = (text: string, kind: 'batch' | 'items' = 'batch') => {
  const read = readExtra(text, kind, 'latex')
  return read.ok ? undefined : read.problem
}

describe('readExtra', () => {
  it.each([
    ['{"beam_size": 3', 'Not JSON yet'],
    ["{'beam_size': 3}", 'Not JSON yet'],
    ['[1]', 'between { and }'],
    ['null', 'between { and }'],
    ['{"urls": {}}', 'made from the images'],
    ['{"async": true}', 'single images'],
    ['{"formats": ["text"]}', 'field of its own'],
    ['{"beam_size": "3"}', '“beam_size” has to be a whole number from 1 to 10.'],
    ['{"beam_size": 11}', 'a whole number from 1 to 10'],
    ['{"rm_fonts": 1}', 'true or false'],
    ['{"tags": "a"}', 'a list of texts'],
    ['{"alphabets_allowed": {"ru": 0}}', 'true or false'],
    ['{"format_options": {"text": {"math_delims": ["$"]}}}', '“format_options” has to be'],
    ['{"callback": {"post": "my.host"}}', 'an address'],
    ['{"callback": {"post": "https://h/", "reply": {"batch_id": 1}}}', 'without “batch_id”'],
  ])('says what is wrong with %s', (text, part) => {
    expect(problem(text)).toContain(part)
  })

  it.each(['metadata', 'callback'])('leaves %s to the batch', (name) => {
    expect(problem(`{"${name}": {"post": "https://h/"}}`, 'items')).toBe(`“${name}” is for the whole batch.`)
    expect(problem(`{"${name}": {"post": "https://h/"}}`)).toBeUndefined()
  })

  it('takes what is documented as it is, and nothing as nothing', () => {
    const extra = { n_best: 2, beam_size: 3, format_options: { text: { transforms: ['rm_fonts'], more: 1 } } }
    expect(readExtra(writeExtra(extra), 'batch', 'latex')).toEqual({ ok: true, extra, notes: [] })
    expect(readExtra('  ', 'items', 'text')).toEqual({ ok: true, extra: {}, notes: [] })
    expect(writeExtra({})).toBe('')
  })

  it('takes what it does not know or what has no effect here, and says so', () => {
    const read = readExtra('{"brand_new": [1], "include_smiles": true}', 'batch', 'latex')
    expect(read).toMatchObject({ ok: true, extra: { brand_new: [1], include_smiles: true } })
    expect(read.ok && read.notes).toEqual([
      '“brand_new” is not documented. It is sent as it is.',
      '“include_smiles” has an effect in text behaviour only.',
    ])
  })
})

describe('patchExtra', () => {
  it('sets what is there and takes away what is gone', () => {
    expect(patchExtra({ beam_size: 2, tags: ['a'] }, { beam_size: 3 })).toEqual({
      beam_size: 3,
      tags: undefined,
    })
    expect(pickExtra({ formats: ['text'], tags: ['a'] })).toEqual({ tags: ['a'] })
  })
})
