import { describe, expect, it } from 'vitest'
import type { Component } from '../preprocess/components.ts'
import { chooseLanguage } from './choose-language.ts'
import type { InkLine } from './find-lines.ts'
import type { LanguageCode } from './languages.ts'
import type { PageInk } from './page-ink.ts'

const glyphHeight = 18
const all = new Set<LanguageCode>(['eng', 'deu', 'spa', 'vie', 'rus', 'chi_sim', 'jpn'])

/** One line of ink; what it says is up to the reader. */
const line: InkLine = (() => {
  const pieces = Array.from({ length: 30 }, (_, at): Component => {
    const box = { left: 20 * at, right: 20 * at + 15, top: 40, bottom: 58 }
    return { box, area: 200, runs: [] }
  })
  return { box: { left: 0, right: 595, top: 40, bottom: 58 }, pieces }
})()
const page: PageInk = {
  ink: { width: 600, height: 100, values: new Float32Array(60_000) },
  pieces: line.pieces,
  glyphHeight,
  factor: 1,
  region: { left: 0, top: 0, right: 600, bottom: 100 },
  turn: 0,
}

/** What data of each language would see on that line, and which were asked. */
async function choose(seen: Partial<Record<LanguageCode, readonly [string, number]>>, allowed = all) {
  const asked: LanguageCode[] = []
  const reader = {
    languages: allowed,
    readLine: (_: unknown, language: LanguageCode) => {
      asked.push(language)
      const [text, confidence] = seen[language] ?? ['nwvz qrtl mbkh', 0.1]
      const words = text.split(' ')
      const box = { left: 0, right: 10, top: 0, bottom: 10 }
      return Promise.resolve(words.map((word) => ({ text: word, confidence, box })))
    },
    close: () => Promise.resolve(),
  }
  const { language } = await chooseLanguage([line], page, reader, allowed)
  return { language, asked }
}

describe('the language of a page', () => {
  it('is English without another look when its words are', async () => {
    expect(await choose({ eng: ['the graph of this function is even', 0.95] })).toEqual({
      language: 'eng',
      asked: ['eng'],
    })
  })

  it('is asked of nobody else where there are formulas only', async () => {
    expect(await choose({ eng: ['T(€) = =, ¢=¢f e Lp, (algo) 2/2', 0.3] })).toEqual({
      language: 'eng',
      asked: ['eng'],
    })
  })

  it('is told by frequent words, read without their accents; only its data are loaded', async () => {
    const seen = {
      eng: ['fur die Losung ist das nicht wichtig', 0.9],
      deu: ['für die Lösung ist das', 0.96],
    } as const
    expect(await choose(seen)).toEqual({ language: 'deu', asked: ['eng', 'deu'] })
  })

  it('is that of the alphabet which can be read', async () => {
    const { language } = await choose({ eng: ['BBITHCTHTE TOUHOE', 0.2], rus: ['вычислите точное', 0.96] })
    expect(language).toBe('rus')
  })

  it('is none where no data at hand read it, or are not allowed', async () => {
    const seen = { eng: ['BBITHCTHTE TOUHOE', 0.2], rus: ['вычислите точное', 0.96] } as const
    expect((await choose({})).language).toBeUndefined()
    expect((await choose(seen, new Set<LanguageCode>(['eng', 'deu']))).language).toBeUndefined()
  })
})
