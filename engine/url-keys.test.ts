import { describe, expect, it } from 'vitest'
import { readUrlKeys } from './url-keys.ts'

describe('readUrlKeys', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['numbers as sent', '{"urls": {"10": "a", "9": "b", "x": "c"}}', ['10', '9', 'x']],
    [
      'only the members of urls itself',
      '{"metadata": {"urls": {"no": 1}}, "urls": {"a": {"url": "u", "metadata": {"b": 1}}, "c": "d"}}',
      ['a', 'c'],
    ],
    ['escaped keys', '{"urls": {"a\\"b": "1", "\\u00e9\\\\": "2"}}', ['a"b', 'é\\']],
    ['marks inside of strings', '{"urls": {"a": "{\\"x\\": [1]}", "b": "]}"}}', ['a', 'b']],
    ['a repeated key once', '{"urls": {"b": "1", "a": "2", "b": "3"}}', ['b', 'a']],
    ['the last urls member', '{"urls": {"a": "1"}, "urls": {"b": "2"}}', ['b']],
    ['blanks before the colon', '{ "urls"\n : { "a"\t: "1" } }', ['a']],
    ['no urls', '{"formats": ["urls"], "x": [{"urls": {"a": 1}}]}', []],
  ]
  it.each(table)('%s', async (_, json, expected) => {
    expect(await readUrlKeys(json)).toEqual(expected)
  })

  it('is quick on megabytes of data URI', async () => {
    const big = 'A'.repeat(4_000_000)
    const json = JSON.stringify({ urls: { b: `data:image/png;base64,${big}`, a: 'x' } })
    expect(await readUrlKeys(json)).toEqual(['b', 'a'])
  })
})
