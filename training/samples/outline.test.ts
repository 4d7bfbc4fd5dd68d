import { describe, expect, it } from 'vitest'
import { measureOutline, parseOutline } from './outline.ts'

describe('parseOutline', () => {
  it('reads horizontal and vertical lines from where the pen is', () => {
    expect(parseOutline('M1 2H5V9Z')).toEqual([
      [
        { x: 1, y: 2 },
        { x: 5, y: 2 },
        { x: 5, y: 9 },
      ],
    ])
  })

  it('continues a smooth curve with the mirrored control point', () => {
    const box = measureOutline(parseOutline('M0 0Q50 100 100 0T200 0'))
    expect(box.bottom).toBeCloseTo(50)
    expect(box.top).toBeCloseTo(-50)
  })

  it('refuses commands it does not know instead of dropping them', () => {
    expect(() => parseOutline('M0 0A5 5 0 0 1 9 9')).toThrow('A')
  })
})
