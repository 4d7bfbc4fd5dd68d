import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinCompact } from '../../shared/latex/write.ts'
import { decodeImage } from '../../node/images/open-image.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import { createRecogniser, type Recogniser } from './recogniser.ts'

const root = path.resolve(import.meta.dirname, '../..')
const wanted = '\\int_{0}^{1} x e^{2 x-1} d x'

/** Grey levels that can be drawn over; every test takes its own copy. */
type Sketch = { readonly width: number; readonly height: number; readonly values: Uint8Array }

function toSketch({ data, width, height, channels }: Pixels): Sketch {
  return {
    width,
    height,
    values: Uint8Array.from({ length: width * height }, (_, at) => data[at * channels] ?? 255),
  }
}

const toPixels = ({ values, width, height }: Sketch): Pixels => ({ data: values, width, height, channels: 1 })

function paint(
  { width, height, values }: Sketch,
  [left, top, right, bottom]: readonly [number, number, number, number],
  change: (level: number) => number,
): Sketch {
  const painted = values.slice()
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y += 1)
    for (let x = Math.max(0, left); x < Math.min(width, right); x += 1)
      painted[y * width + x] = Math.round(change(values[y * width + x] ?? 255))
  return { width, height, values: painted }
}

function layOnPage(sketch: Sketch, width: number, height: number, left: number, top: number): Sketch {
  const values = new Uint8Array(width * height).fill(255)
  for (let y = 0; y < sketch.height; y += 1)
    values.set(sketch.values.subarray(y * sketch.width, (y + 1) * sketch.width), (top + y) * width + left)
  return { width, height, values }
}

/** Pointers as desktops draw them: `#` is black, `.` is white. */
const pointers = {
  arrow:
    '#|##|#.#|#..#|#...#|#....#|#.....#|#......#|#.......#|#........#|#.....#####|#..#..#|#.# #..#|##  #..#|#    #..#|     #..#|      ##',
  wedge:
    '#|##|#.#|#..#|#...#|#....#|#.....#|#......#|#.......#|#........#|#.........#|#..........#|#......######|#.....#|#....#|#...#|#..#|#.#|##|#',
  hand: '    ##|   #..#|   #..#|   #..#|   #..#|   #..###|   #..#..###|   #..#..#..##|   #..#..#..#.#| ###..#..#..#..#|#..##........#..#|#...#...........#|#...............#| #..............#|  #.............#|  #............#|   #...........#|   #..........#|    #.........#|    #.........#|    ##########',
  beam: '.......|.#####.|...#...|  .#.|  .#.|  .#.|  .#.|  .#.|  .#.|  .#.|  .#.|  .#.|  .#.|  .#.|  .#.|...#...|.#####.|.......',
  across:
    '         #       #|        ##       ##|      ##.#       #.##|     #...#       #...#|    #....#       #....#|   #......#######......#| ##.....................##|#.........................#| ##.....................##|   #......#######......#|    #....#       #....#|     #...#       #...#|      ##.#       #.##|        ##       ##|         #       #',
  falling:
    '#########|#......#|#.....#|#.....#|#......#|#.......#|#.##.....#|##  #.....#|#    #.....#|      #.....#|       #.....#|        #.....#|         #.....#    #|          #.....#  ##|           #.....##.#|            #.......#|             #......#|              #.....#|              #.....#|             #......#|            #########',
  hourglass:
    '###############|#.............#|#.............#| #...........#| #...........#|  #.........#|   #.......#|   #.......#|    #.....#|     #...#|     #...#|      #.#|     #...#|     #...#|    #.....#|   #.......#|   #.......#|  #.........#| #...........#| #...........#|#.............#|#.............#|###############',
} as const
type PointerName = keyof typeof pointers

/** Drawn twice as large: as a screen of double density shows them. */
const doubled: readonly PointerName[] = ['across', 'falling', 'hourglass']

function rowsOf(name: PointerName): string[] {
  const rows = pointers[name].split('|')
  if (!doubled.includes(name)) return rows
  return rows.flatMap((row) => {
    const wide = Array.from(row, (sign) => sign + sign).join('')
    return [wide, wide]
  })
}

/** A pointer whose box begins at a place; `isDark` has black and white the other way round. */
function layPointer(sketch: Sketch, name: PointerName, left: number, top: number, isDark = false): Sketch {
  const values = sketch.values.slice()
  rowsOf(name).forEach((row, y) => {
    Array.from(row).forEach((sign, x) => {
      if (sign !== ' ') values[(top + y) * sketch.width + left + x] = (sign === '#') === isDark ? 255 : 0
    })
  })
  return { ...sketch, values }
}

describe('a screenshot', () => {
  let recogniser: Recogniser
  let formula: Sketch
  /** How the formula is read with nothing in its way. */
  let alone: Awaited<ReturnType<typeof read>>
  beforeAll(async () => {
    recogniser = await createRecogniser(path.join(root, 'engine/model'))
    const whole = toSketch(await decodeImage(readFileSync(path.join(root, 'samples/04-integral.png'))))
    formula = layOnPage(whole, whole.width + 40, whole.height + 40, 20, 20)
    alone = await read(formula)
  })
  afterAll(() => recogniser.close())

  const read = async (sketch: Sketch) => {
    const reading = await recogniser.readImage(toPixels(sketch))
    if (reading.kind !== 'read') throw new Error(`taken for ${reading.kind}`)
    return { ...reading, latex: joinCompact(reading.tokens) }
  }
  /** From a third to two thirds of the formula's width, over all of its height. */
  const middle = ({ width, height }: Sketch) =>
    [Math.round(width * 0.32), 8, Math.round(width * 0.66), height - 8] as const

  it('of a large, empty page reads as the formula alone', async () => {
    expect(alone.latex).toBe(wanted)
    const page = layOnPage(formula, 3000, 2000, 1900, 300)
    const { latex, position } = await read(page)
    expect(latex).toBe(wanted)
    expect(position.top_left_x).toBeGreaterThan(1900)
  })

  it('of a page with its number far below reads the formula', async () => {
    const page = layOnPage(formula, 2000, 2800, 700, 500)
    expect((await read(paint(page, [990, 2700, 994, 2720], () => 0))).latex).toBe(wanted)
  })

  it.each([54, 90, 128, 170, 215])('reads what a marker of level %i lies under', async (level) => {
    const { latex } = await read(paint(formula, middle(formula), (ink) => (ink * level) / 255))
    expect(latex).toBe(wanted)
  })

  it.each([25, 60, 90, 130])('reads what is selected, light on level %i', async (level) => {
    const { latex } = await read(paint(formula, middle(formula), (ink) => 255 - (ink * (255 - level)) / 255))
    expect(latex).toBe(wanted)
  })

  it.each([
    [128, 0, 255],
    [128, 255, 0],
    [95, 235, 20],
    [170, 30, 255],
  ])('on level %i reads writing of level %i beside level %i', async (ground, left, right) => {
    const { width, height } = formula
    const half = Math.round(width / 2)
    const write = (ink: number) => (level: number) => ground + ((ink - ground) * (255 - level)) / 255
    const sketch = paint(formula, [0, 0, half, height], write(left))
    expect((await read(paint(sketch, [half, 0, width, height], write(right)))).latex).toBe(wanted)
  })

  it('reads what is selected from edge to edge but for a strip of paper', async () => {
    const { width, height } = formula
    const selected = [Math.round(width * 0.32), 0, width - 8, height] as const
    expect((await read(paint(formula, selected, (ink) => (ink * 95) / 255))).latex).toBe(wanted)
  })

  it('reads a white box on a dark page', async () => {
    const { width, height } = formula
    const page = paint(layOnPage(formula, width + 80, height + 80, 40, 40), [0, 0, 0, 0], () => 0)
    const dark = [
      [0, 0, width + 80, 40],
      [0, height + 40, width + 80, height + 80],
      [0, 0, 40, height + 80],
      [width + 40, 0, width + 80, height + 80],
    ] as const
    expect((await read(dark.reduce((sketch, side) => paint(sketch, side, () => 30), page))).latex).toBe(
      wanted,
    )
  })

  it('takes a text cursor for none of the signs', async () => {
    const { position, latex } = alone
    expect(latex).toBe(wanted)
    const left = position.top_left_x + position.width + 3
    const middleY = position.top_left_y + Math.round(position.height / 2)
    expect((await read(paint(formula, [left, middleY - 22, left + 2, middleY + 22], () => 0))).latex).toBe(
      wanted,
    )
  })

  it('is less sure where the arrow of a mouse may hide a sign', async () => {
    const { position, confidence } = alone
    expect(confidence).toBeGreaterThan(0.9)
    const arrowed = layPointer(
      formula,
      'arrow',
      position.top_left_x + Math.round(position.width * 0.93),
      position.top_left_y + Math.round(position.height * 0.6),
    )
    expect((await read(arrowed)).confidence).toBeLessThanOrEqual(0.5)
  })

  const looks = (Object.keys(pointers) as PointerName[]).flatMap((name) =>
    [false, true].map((isDark) => [name, isDark] as const),
  )

  it.each(looks)(
    'takes a pointer beside the formula for none of the signs: %s, dark %s',
    async (name, isDark) => {
      const { position } = alone
      const middleY = position.top_left_y + Math.round(position.height / 2) - 10
      const { width, height } = formula
      const page = layOnPage(formula, width + 160, height, 80, 0)
      const left = 80 + position.top_left_x
      const wide = Math.max(...rowsOf(name).map((row) => row.length))
      for (const x of [left - 4 - wide, left + position.width + 6]) {
        const found = await read(layPointer(page, name, x, middleY, isDark))
        expect(found.latex).toBe(wanted)
        expect(found.position.top_left_x).toBeGreaterThanOrEqual(left - 2)
        expect(found.position.width).toBeLessThanOrEqual(position.width + 4)
      }
    },
  )

  it.each(looks)('is less sure where a pointer lies over the formula: %s, dark %s', async (name, isDark) => {
    const { position } = alone
    const left = position.top_left_x + Math.round(position.width * 0.5)
    const { latex, confidence } = await read(
      layPointer(formula, name, left, position.top_left_y + 14, isDark),
    )
    if (latex !== wanted) expect(confidence).toBeLessThan(0.6)
  })

  it('is less sure where something with a soft shadow stands beside the formula', async () => {
    const { position, confidence } = alone
    const { width, height } = formula
    const page = layOnPage(formula, width + 80, height, 0, 0)
    const [x, y] = [position.top_left_x + position.width + 24, position.top_left_y + position.height / 2]
    const disc = (level: number, radius: number, off: number) => (sketch: Sketch) => ({
      ...sketch,
      values: sketch.values.map((value, at) => {
        const distance = Math.hypot((at % sketch.width) - x - off, Math.floor(at / sketch.width) - y - off)
        return distance <= radius ? Math.min(value, level) : value
      }),
    })
    const shadow = [12, 11, 10, 9, 8].map((radius, at) => disc(250 - 9 * at, radius, 3))
    const button = [...shadow, disc(0, 8, 0)].reduce((sketch, draw) => draw(sketch), page)
    const bullet = await read(disc(0, 8, 0)(page))
    expect((await read(button)).confidence).toBeLessThanOrEqual(Math.min(0.5, confidence / 2 + 0.01))
    expect(bullet.position.width).toBeGreaterThan(position.width)
  })

  it('takes a thick ring for no letter', async () => {
    const { width, height } = formula
    const page = layOnPage(formula, width + 80, height, 0, 0)
    const { position } = alone
    const [x, y] = [position.top_left_x + position.width + 24, position.top_left_y + position.height / 2]
    const values = page.values.map((level, at) => {
      const distance = Math.hypot((at % page.width) - x, Math.floor(at / page.width) - y)
      return distance >= 9 && distance <= 16 ? 0 : level
    })
    expect((await read({ ...page, values })).latex).toBe(wanted)
  })

  it('is less sure where a text cursor crosses a sign', async () => {
    const { position } = alone
    const left = position.top_left_x + Math.round(position.width * 0.38)
    const top = position.top_left_y + Math.round(position.height * 0.45)
    const { confidence } = await read(paint(formula, [left, top, left + 2, top + 64], () => 0))
    expect(confidence).toBeLessThan(0.6)
  })

  it.each([
    [
      '+',
      [
        [20, 31, 44, 33],
        [31, 20, 33, 44],
      ],
    ],
    [
      '=',
      [
        [20, 26, 44, 28],
        [20, 36, 44, 38],
      ],
    ],
  ] as const)('of nothing but %s reads it', async (sign, bars) => {
    const paper: Sketch = { width: 64, height: 64, values: new Uint8Array(64 * 64).fill(255) }
    const { latex, confidence } = await read(bars.reduce((sketch, bar) => paint(sketch, bar, () => 0), paper))
    expect(latex).toBe(sign)
    expect(confidence).toBeGreaterThan(0.8)
  })
})
