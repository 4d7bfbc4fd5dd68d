import { describe, expect, it } from 'vitest'
import type { Pixels } from '../../node/images/pixels.ts'
import { prepareImage } from './preprocess.ts'
import { canvasGlyphHeight } from './scale.ts'

type Sketch = { width: number; height: number; values: Float64Array }

const paper = 235
const ink = 30

function createSketch(width: number, height: number, level = paper): Sketch {
  return { width, height, values: new Float64Array(width * height).fill(level) }
}

function fill(sketch: Sketch, left: number, top: number, width: number, height: number, level = ink): void {
  for (let y = Math.max(0, top); y < Math.min(sketch.height, top + height); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(sketch.width, left + width); x += 1) {
      sketch.values[y * sketch.width + x] = level
    }
  }
}

/** Something glyph-like: the outline of a box. */
function drawGlyph(sketch: Sketch, left: number, top: number, height = 30, level = ink): void {
  const width = Math.round(height * 0.6)
  const pen = Math.max(2, Math.round(height / 10))
  fill(sketch, left, top, width, pen, level)
  fill(sketch, left, top + height - pen, width, pen, level)
  fill(sketch, left, top, pen, height, level)
  fill(sketch, left + width - pen, top, pen, height, level)
}

function drawLine(sketch: Sketch, left: number, top: number, count = 6, height = 30, level = ink): void {
  for (let at = 0; at < count; at += 1) drawGlyph(sketch, left + at * height, top, height, level)
}

function toPixels({ values, width, height }: Sketch): Pixels {
  const data = Uint8Array.from(values, (value) => Math.max(0, Math.min(255, Math.round(value))))
  return { data, width, height, channels: 1 }
}

function expectInk(pixels: Pixels) {
  const prepared = prepareImage(pixels)
  if (prepared.kind !== 'ink') throw new Error('taken for blank')
  return prepared
}

function measureInk(data: Uint8Array): number {
  return data.reduce((sum, value) => sum + value, 0) / 255
}

const wave = (x: number, y: number) => Math.sin(x * 12.9898 + y * 78.233) * 43758.5453
const noise = (x: number, y: number) => wave(x, y) - Math.floor(wave(x, y)) - 0.5

describe('prepareImage', () => {
  it('finds the box of the ink in pixels of the input', () => {
    const sketch = createSketch(400, 160)
    drawLine(sketch, 90, 60)
    const { box, isInverted } = expectInk(toPixels(sketch))
    expect(isInverted).toBe(false)
    expect(Math.abs(box.left - 90)).toBeLessThanOrEqual(2)
    expect(Math.abs(box.top - 60)).toBeLessThanOrEqual(2)
    expect(Math.abs(box.right - (90 + 5 * 30 + 18))).toBeLessThanOrEqual(2)
    expect(Math.abs(box.bottom - 90)).toBeLessThanOrEqual(2)
  })

  it.each([18, 40, 160])('brings glyphs of %i pixels to one height', (height) => {
    const sketch = createSketch(height * 10, height * 3)
    drawLine(sketch, height, height, 6, height)
    const { canvas } = expectInk(toPixels(sketch))
    const rows = Array.from({ length: canvas.height }, (_, y) =>
      canvas.data.subarray(y * canvas.width, (y + 1) * canvas.width).some((value) => value > 127),
    ).filter(Boolean).length
    expect(rows).toBeGreaterThanOrEqual(canvasGlyphHeight - 3)
    expect(rows).toBeLessThanOrEqual(canvasGlyphHeight + 3)
    expect([canvas.width % 8, canvas.height % 8]).toEqual([0, 0])
  })

  it('turns light on dark round', () => {
    const sketch = createSketch(400, 160, 40)
    drawLine(sketch, 90, 60, 6, 30, 230)
    const prepared = expectInk(toPixels(sketch))
    expect(prepared.isInverted).toBe(true)
    expect(prepared.canvas.data[0]).toBe(0)
  })

  it.each([
    ['dark', 20],
    ['light', 250],
  ])('reads the same beside a %s margin or wedge', (_, level) => {
    const plain = createSketch(400, 160, 150)
    drawLine(plain, 90, 60)
    const margin = { ...plain, values: plain.values.slice() }
    fill(margin, 0, 0, 18, 160, level)
    const wedge = { ...plain, values: plain.values.slice() }
    for (let x = 0; x < 400; x += 1) fill(wedge, x, 150 - Math.round(x / 40), 1, 60, level)
    const wanted = expectInk(toPixels(plain))
    for (const sketch of [margin, wedge]) {
      const prepared = expectInk(toPixels(sketch))
      expect(prepared.isInverted).toBe(false)
      expect(prepared.box).toEqual(wanted.box)
      expect(measureInk(prepared.canvas.data)).toBeCloseTo(measureInk(wanted.canvas.data), -2)
    }
  })

  it('is not misled about light and dark by a beam of light in a corner', () => {
    const sketch = createSketch(400, 160, 110)
    drawLine(sketch, 60, 60, 3, 30, 75)
    for (let y = 0; y < 100; y += 1) fill(sketch, 300 + y, y, 400, 1, 250)
    expect(expectInk(toPixels(sketch)).isInverted).toBe(false)
  })

  it('turns light on dark round where the signs fill the picture', () => {
    const sketch = createSketch(96, 34, 40)
    drawLine(sketch, 4, 2, 3, 30, 230)
    expect(expectInk(toPixels(sketch)).isInverted).toBe(true)
  })

  it.each([3, 4.5])('averages stripes of a screen away, %s pixels apart', (period) => {
    const sketch = createSketch(400, 160, 200)
    drawLine(sketch, 90, 60, 6, 30, 90)
    const striped = {
      ...sketch,
      values: sketch.values.map((value, at) => value + 25 * Math.sin(((at % 400) * 2 * Math.PI) / period)),
    }
    const [wanted, prepared] = [expectInk(toPixels(sketch)), expectInk(toPixels(striped))]
    expect(prepared.pieces).toHaveLength(6)
    expect(prepared.glyphHeight).toBeCloseTo(wanted.glyphHeight, -1)
  })

  it('keeps strokes that stand at one distance on a part of the picture only', () => {
    const sketch = createSketch(400, 160)
    for (let x = 100; x < 300; x += 7) fill(sketch, x, 60, 3, 30)
    expect(expectInk(toPixels(sketch)).pieces).toHaveLength(29)
  })

  it('takes squared paper away from a picture less than a hundred pixels tall', () => {
    const sketch = createSketch(360, 90)
    for (let x = 10; x < 360; x += 34) fill(sketch, x, 0, 1, 90, 120)
    for (let y = 12; y < 90; y += 34) fill(sketch, 0, y, 360, 1, 120)
    drawLine(sketch, 100, 30)
    const prepared = expectInk(toPixels(sketch))
    // Six signs; crumbs stay where a line runs along a stroke.
    expect(prepared.pieces.filter(({ area }) => area > 60)).toHaveLength(6)
    expect(prepared.glyphHeight).toBeCloseTo(30, -1)
  })

  it('keeps brackets that reach from edge to edge', () => {
    const sketch = createSketch(200, 60)
    for (const x of [20, 100, 180]) fill(sketch, x, 0, 3, 60)
    drawLine(sketch, 40, 15, 1)
    drawLine(sketch, 130, 15, 1)
    expect(expectInk(toPixels(sketch)).pieces).toHaveLength(5)
  })

  it('reads the same through a shadow', () => {
    const plain = createSketch(400, 160)
    drawLine(plain, 90, 60)
    const shaded = {
      ...plain,
      values: plain.values.map((value, at) => value * (1 - 0.6 * ((at % 400) / 400))),
    }
    const [one, other] = [expectInk(toPixels(plain)), expectInk(toPixels(shaded))]
    expect(other.canvas.width).toBe(one.canvas.width)
    expect(measureInk(other.canvas.data) / measureInk(one.canvas.data)).toBeGreaterThan(0.85)
    expect(measureInk(other.canvas.data) / measureInk(one.canvas.data)).toBeLessThan(1.15)
  })

  it('drops ruled lines but keeps a fraction bar', () => {
    const clean = createSketch(420, 200)
    drawLine(clean, 90, 40)
    fill(clean, 80, 92, 200, 4)
    drawLine(clean, 90, 120)
    const ruled = { ...clean, values: clean.values.slice() }
    for (const y of [30, 84, 138, 190]) fill(ruled, 0, y, 420, 2, 150)
    drawLine(ruled, 90, 40)
    fill(ruled, 80, 92, 200, 4)
    drawLine(ruled, 90, 120)
    const [expected, got] = [expectInk(toPixels(clean)), expectInk(toPixels(ruled))]
    expect(Math.abs(got.box.left - expected.box.left)).toBeLessThanOrEqual(3)
    expect(Math.abs(got.box.bottom - expected.box.bottom)).toBeLessThanOrEqual(3)
    expect(measureInk(got.canvas.data) / measureInk(expected.canvas.data)).toBeGreaterThan(0.8)
  })

  it('drops parts of a neighbouring line at the edge, unless the crop is to be kept', () => {
    const sketch = createSketch(400, 200)
    drawLine(sketch, 90, 80)
    drawGlyph(sketch, 60, 186)
    const pixels = toPixels(sketch)
    expect(expectInk(pixels).box.bottom).toBeLessThan(115)
    const kept = prepareImage(pixels, { keepAll: true })
    expect(kept.kind === 'ink' && kept.box.bottom).toBe(200)
  })

  it('survives grain', () => {
    const sketch = createSketch(400, 160)
    drawLine(sketch, 90, 60)
    const grainy = {
      ...sketch,
      values: sketch.values.map((value, at) => value + 24 * noise(at % 400, at / 400)),
    }
    const { box } = expectInk(toPixels(grainy))
    expect(Math.abs(box.left - 90)).toBeLessThanOrEqual(3)
    expect(Math.abs(box.bottom - 90)).toBeLessThanOrEqual(3)
  })

  it.each([
    ['a hairline', 6, 1, 165],
    ['a point of one pixel', 1, 1, 120],
  ])('keeps %s on clean paper', (_, width, height, level) => {
    const without = createSketch(120, 40)
    drawLine(without, 30, 15, 4, 10)
    const sketch = { ...without, values: without.values.slice() }
    fill(sketch, 72, 20, width, height, level)
    const { pieces } = expectInk(toPixels(sketch))
    expect(pieces).toHaveLength(expectInk(toPixels(without)).pieces.length + 1)
  })

  it('drops single pixels on paper with grain', () => {
    const sketch = createSketch(120, 40)
    drawLine(sketch, 30, 15, 4, 10)
    sketch.values = sketch.values.map((level, at) => level + 12 * noise(at % 120, Math.floor(at / 120)))
    const { pieces } = expectInk(toPixels(sketch))
    fill(sketch, 72, 20, 1, 1, 120)
    expect(expectInk(toPixels(sketch)).pieces).toHaveLength(pieces.length)
  })

  it('looks only at the region', () => {
    const sketch = createSketch(400, 300)
    drawLine(sketch, 90, 40)
    drawLine(sketch, 90, 220)
    const prepared = prepareImage(toPixels(sketch), {
      region: { left: 0, top: 150, right: 400, bottom: 300 },
    })
    expect(prepared.kind === 'ink' && prepared.box.top).toBeGreaterThanOrEqual(218)
  })

  it.each([
    ['white', () => 255],
    ['black', () => 0],
    ['a smooth gradient', (x: number) => 120 + x / 4],
    ['faint grain', (x: number, y: number) => 200 + 6 * noise(x, y)],
  ])('takes %s for blank', (_name, level) => {
    const sketch = createSketch(300, 120)
    sketch.values.forEach((_, at) => (sketch.values[at] = level(at % 300, Math.floor(at / 300))))
    expect(prepareImage(toPixels(sketch)).kind).toBe('blank')
  })

  it('survives a single pixel', () => {
    expect(prepareImage({ data: Uint8Array.of(0), width: 1, height: 1, channels: 1 }).kind).toBe('blank')
  })

  it('reads transparent pixels as paper', () => {
    const data = new Uint8Array(200 * 100 * 4)
    expect(prepareImage({ data, width: 200, height: 100, channels: 4 }).kind).toBe('blank')
  })

  it('looks at a small formula on a large page in its own pixels', () => {
    const small = createSketch(400, 120)
    drawLine(small, 90, 45)
    const page = createSketch(3000, 2000)
    drawLine(page, 1900, 1400)
    const [wanted, found] = [expectInk(toPixels(small)), expectInk(toPixels(page))]
    expect(found.glyphHeight).toBe(wanted.glyphHeight)
    expect(found.box).toEqual({ left: 1900, top: 1400, right: 2068, bottom: 1430 })
  })

  it('looks at all of a page whose rows stand far apart', () => {
    const page = createSketch(1600, 1400)
    for (const top of [100, 500, 900, 1300]) drawLine(page, 200, top)
    const { box } = expectInk(toPixels(page))
    expect(box.top).toBeLessThanOrEqual(102)
    expect(box.bottom).toBeGreaterThanOrEqual(1328)
  })

  it('reads on paper of several colours what it reads on one', () => {
    const plain = createSketch(400, 120)
    drawLine(plain, 90, 45)
    const selected = createSketch(400, 120)
    fill(selected, 140, 30, 90, 60, 70)
    for (const left of [90, 120, 240]) drawGlyph(selected, left, 45)
    for (const left of [150, 180, 210]) drawGlyph(selected, left, 45, 30, 240)
    const [wanted, found] = [expectInk(toPixels(plain)), expectInk(toPixels(selected))]
    expect(found.pieces).toHaveLength(wanted.pieces.length)
    expect(found.box).toEqual(wanted.box)
  })

  it.each([96, 99, 102, 105])('keeps a sign whole that the end of a selection cuts, at %i', (end) => {
    const plain = createSketch(400, 120)
    for (const left of [60, 90, 120, 150, 240]) drawGlyph(plain, left, 45, 30, 60)
    const selected = { ...plain, values: plain.values.slice() }
    for (let y = 0; y < 120; y += 1)
      for (let at = y * 400; at < y * 400 + end; at += 1)
        selected.values[at] = 95 + (160 * (255 - (plain.values[at] ?? 0))) / 255
    const [wanted, found] = [expectInk(toPixels(plain)), expectInk(toPixels(selected))]
    expect(found.pieces).toHaveLength(wanted.pieces.length)
    expect(measureInk(found.canvas.data) / measureInk(wanted.canvas.data)).toBeGreaterThan(0.95)
  })

  it('keeps a bar that has a partner, and drops a text cursor', () => {
    const absolute = createSketch(400, 120)
    drawLine(absolute, 90, 45, 3)
    const before = expectInk(toPixels(absolute)).pieces.length
    fill(absolute, 200, 38, 2, 44)
    expect(expectInk(toPixels(absolute)).pieces).toHaveLength(before)
    fill(absolute, 80, 38, 2, 44)
    expect(expectInk(toPixels(absolute)).pieces).toHaveLength(before + 2)
  })
})
