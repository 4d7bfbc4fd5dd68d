import { describe, expect, it } from 'vitest'
import { terminalJson, terminalLines, terminalText } from './terminal-text.ts'

const escape = String.fromCharCode(27)
const csi = String.fromCharCode(0x9b)
const turn = String.fromCharCode(0x202e)

describe('text for a terminal', () => {
  it.each([
    [`a${escape}[31mred`, 'a␛[31mred'],
    [`a${csi}2J`, 'a<U+009B>2J'],
    [`photo${turn}gnp.exe`, 'photo<U+202E>gnp.exe'],
    [`bell${String.fromCharCode(7)}`, 'bell␇'],
    ['one\r\ntwo\nthree', 'one ⏎ two ⏎ three'],
    ['tab\there', 'tab here'],
    ['x^{2} größer 数 🙂', 'x^{2} größer 数 🙂'],
  ])('%j shows what it holds', (text, shown) => {
    expect(terminalText(text)).toBe(shown)
  })

  it('keeps breaks between lines of its own', () => {
    expect(terminalLines(`a\nb${escape}c`)).toBe('a\nb␛c')
  })

  it('is the same value when it was JSON', () => {
    const value = { [`k${csi}`]: `${escape}${csi}${turn}\n` }
    const json = terminalJson(value)
    expect(json).toMatch(/^[\x20-\x7e]*$/)
    expect(JSON.parse(json)).toEqual(value)
  })
})
