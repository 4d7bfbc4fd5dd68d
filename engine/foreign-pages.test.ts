import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeImage } from '../node/images/open-image.ts'
import { drawPage } from '../testing/engine/draw-page.ts'
import { processImage } from './process-image.ts'
import { describeUnreadWords } from './prose/describe-unread.ts'
import { findLanguageData } from './prose/language-data.ts'
import { createTextReader } from './prose/text-reader.ts'
import { loadModel, type Model } from './recognise/model.ts'
import { readImage } from './recognise/read-image.ts'
import type { EngineOptions } from './validate-options.ts'

const atHand = findLanguageData()
const everyLanguage = createTextReader(60_000, atHand)
const englishOnly = createTextReader(60_000, new Map([...atHand].filter(([code]) => code === 'eng')))
let model: Model

beforeAll(async () => {
  model = await loadModel(fileURLToPath(new URL('./model', import.meta.url)))
}, 60_000)
afterAll(async () => {
  await Promise.all([everyLanguage.close(), englishOnly.close()])
})

function read(page: Buffer, options: EngineOptions, textReader = everyLanguage) {
  return processImage(page, options, {
    decodeImage,
    readImage: (pixels, asked) => readImage({ model, textReader }, pixels, asked),
  })
}

const square = { italic: 'x', raised: '2' }
const german = ['Überlege, warum ', square, ' für große Zahlen'] as const
const germanEnd = 'nicht größer als die Lösung der Gleichung ist.'
const russian = ['Докажите, что число ', square, ' больше нуля'] as const
const russianEnd = 'и найдите точное значение выражения.'

describe('a page in another language', { timeout: 90_000 }, () => {
  it.each([
    ['German', german, germanEnd],
    ['Russian', russian, russianEnd],
  ])('is told by itself and read: %s', async (_, line, end) => {
    const page = drawPage([line, [end]], { isForeign: true })
    expect(await read(page, { ocr_behavior: 'text', include_detected_alphabets: true })).toMatchObject({
      text: `${line[0]}\\( x^{2} \\)${line[2]}\n${end}`,
      detected_alphabets: { ru: line === russian, vi: false },
    })
    expect(await read(page, { ocr: ['math'], formats: ['latex_styled'] })).toMatchObject({
      latex_styled: 'x ^ { 2 }',
    })
  })

  it('gives its formulas alone where its language is not at hand or barred, and says so', async () => {
    const formula = [square, ' + 7 = 9']
    const page = drawPage(
      [['Докажите следующее равенство'], formula, ['и найдите точное значение выражения']],
      {
        isForeign: true,
      },
    )
    const result = await read(page, { ocr_behavior: 'text', confidence_rate_threshold: 0 }, englishOnly)
    expect(result).toMatchObject({ text: '\\[ x^{2}+7=9 \\]', unread_words: describeUnreadWords() })
    const options = {
      ocr_behavior: 'text',
      alphabets_allowed: { ru: false },
      confidence_rate_threshold: 0,
    } as const
    const barred = await read(page, options)
    expect(barred).toMatchObject({ text: '\\[ x^{2}+7=9 \\]' })
    expect(barred['unread_words']).toContain('Barred by alphabets_allowed: Russian.')
  })
})

it('names the languages that are missing', () => {
  const words = describeUnreadWords(new Map([...atHand].filter(([code]) => code !== 'rus')))
  expect(words).toContain('No data at hand: Russian.')
})
