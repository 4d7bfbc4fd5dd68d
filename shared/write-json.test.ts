import { expect, it } from 'vitest'
import { writeJson } from './write-json.ts'

it('writes lists of plain values on one line each, and the rest indented', () => {
  const value = { a: [1, [2, null]], b: { c: 'x\n"', d: undefined, e: {} }, f: [{ g: 1 }], h: [] }
  expect(writeJson(value)).toBe(`{
  "a": [1,[2,null]],
  "b": {
    "c": "x\\n\\"",
    "e": {}
  },
  "f": [
    {
      "g": 1
    }
  ],
  "h": []
}`)
  expect(JSON.parse(writeJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
})
