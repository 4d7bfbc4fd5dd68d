import { describe, expect, it } from 'vitest'
import { describePrice, imagesAllowed, imagesLeft } from './money.ts'

describe('the daily limit', () => {
  it('is counted in whole images, also when it is set in USD', () => {
    expect(imagesAllowed(null)).toBeUndefined()
    expect(imagesAllowed({ unit: 'images', amount: 40 })).toBe(40)
    expect(imagesAllowed({ unit: 'usd', amount: 0.1 })).toBe(50)
    expect(imagesAllowed({ unit: 'usd', amount: 0.0059 })).toBe(2)
    expect(imagesAllowed({ unit: 'usd', amount: 1.158 })).toBe(579)
  })

  it('never leaves less than nothing', () => {
    expect(imagesLeft({ images: 12, allowed: 10 })).toBe(0)
    expect(imagesLeft({ images: 12 })).toBeUndefined()
  })
})

describe('the price', () => {
  it.each([
    [0, 'about 0.00 USD'],
    [4, 'less than 0.01 USD'],
    [100, 'about 0.20 USD'],
  ])('of %i images is %s', (images, words) => {
    expect(describePrice(images)).toBe(words)
  })
})
