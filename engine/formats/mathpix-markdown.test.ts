import { expect, it } from 'vitest'
import { extractData, renderHtml } from './mathpix-markdown.ts'

it('leaves no browser’s globals behind, which other libraries would take for a page', () => {
  for (let times = 0; times < 2; times += 1) {
    expect(renderHtml('\\( x^2 \\)', { include_mathml: true })).toContain('<msup>')
    expect(extractData('\\( x^2 \\)', { include_asciimath: true })).toEqual([
      { type: 'asciimath', value: 'x^(2)' },
    ])
    expect(['window', 'document', 'DOMParser'].filter((name) => name in globalThis)).toEqual([])
  }
})
