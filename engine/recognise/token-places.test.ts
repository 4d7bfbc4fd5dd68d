import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeImage } from '../../node/images/open-image.ts'
import { makeTurned } from '../../testing/node/make-formats.ts'
import { createResult } from '../formats/create-result.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import type { DrawnToken, Reading, ReadOptions } from '../reading.ts'
import { createRecogniser, type Recogniser } from './recogniser.ts'

const root = path.resolve(import.meta.dirname, '../..')
const decodeSample = (name: string) => decodeImage(readFileSync(path.join(root, 'samples', name)))

type Read = Extract<Reading, { kind: 'read' }>
type Placed = Required<DrawnToken>['box'] & { readonly token: string }

let recogniser: Recogniser
beforeAll(async () => {
  recogniser = await createRecogniser(path.join(root, 'engine/model'))
})
afterAll(() => recogniser.close())

async function read(pixels: Pixels, options: ReadOptions = {}): Promise<Read> {
  const reading = await recogniser.readImage(pixels, options)
  if (reading.kind !== 'read') throw new Error('taken for blank')
  return reading
}

/** The tokens with their boxes; every one has to have a box. */
function placesOf({ drawn }: Read): Placed[] {
  return drawn.map(({ token, box }) => {
    if (!box) throw new Error(`no place of ${token}`)
    return { token, ...box }
  })
}

/** The largest difference in brightness between the paper around a box and a pixel in it. */
function measureInk({ data, width, channels }: Pixels, box: Placed): number {
  const brightness = (x: number, y: number) => data[(Math.round(y) * width + Math.round(x)) * channels] ?? 0
  const paper = brightness(box.top_left_x - 3, box.top_left_y - 3)
  let most = 0
  for (let y = box.top_left_y; y < box.top_left_y + box.height; y += 1)
    for (let x = box.top_left_x; x < box.top_left_x + box.width; x += 1)
      most = Math.max(most, Math.abs(brightness(x, y) - paper))
  return most
}

const middle = ({ top_left_x, width }: Placed) => top_left_x + width / 2
const expectNear = (one: number, other: number, reach: number) =>
  expect(Math.abs(one - other)).toBeLessThanOrEqual(reach)

function expectSamePlaces(places: readonly Placed[], wanted: readonly Placed[], reach: number): void {
  expect(places.map(({ token }) => token)).toEqual(wanted.map(({ token }) => token))
  places.forEach((place, at) => {
    const other = wanted[at]
    for (const side of ['top_left_x', 'top_left_y', 'width', 'height'] as const)
      expectNear(place[side], other?.[side] ?? -1, reach)
  })
}

function enlarge({ data, width, height, channels }: Pixels, factor: number): Pixels {
  const large = new Uint8Array(data.length * factor * factor)
  for (let y = 0; y < height * factor; y += 1)
    for (let x = 0; x < width * factor; x += 1)
      for (let channel = 0; channel < channels; channel += 1)
        large[(y * width * factor + x) * channels + channel] =
          data[(Math.floor(y / factor) * width + Math.floor(x / factor)) * channels + channel] ?? 0
  return { data: large, width: width * factor, height: height * factor, channels }
}

/** A quarter turn clockwise. */
function turn({ data, width, height, channels }: Pixels): Pixels {
  const turned = new Uint8Array(data.length)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < channels; channel += 1)
        turned[(x * height + height - 1 - y) * channels + channel] =
          data[(y * width + x) * channels + channel] ?? 0
  return { data: turned, width: height, height: width, channels }
}

describe('the places of tokens', () => {
  it.each([
    '01-circle-on-dark.jpg',
    '03-rational-function.jpg',
    '05-limit-pen.jpg',
    '12-quadratic-formula-photo.jpg',
  ])('lie on the ink: %s', async (name) => {
    const pixels = await decodeSample(name)
    const reading = await read(pixels)
    const { position } = reading
    for (const place of placesOf(reading)) {
      expect([place.token, measureInk(pixels, place) > 60]).toEqual([place.token, true])
      expect(place.top_left_x).toBeGreaterThan(position.top_left_x - 8)
      expect(place.top_left_x + place.width).toBeLessThan(position.top_left_x + position.width + 8)
    }
  })

  it('go from left to right along a line', async () => {
    const middles = placesOf(await read(await decodeSample('02-linear-equation-squared.jpg'))).map(middle)
    expect(middles).toEqual([...middles].sort((one, other) => one - other))
  })

  it('are the same where only a region is read', async () => {
    const pixels = await decodeSample('03-rational-function.jpg')
    const whole = await read(pixels)
    const { top_left_x, top_left_y, width, height } = whole.position
    const region = {
      top_left_x: Math.round(top_left_x) - 12,
      top_left_y: Math.round(top_left_y) - 15,
      width: Math.round(width) + 24,
      height: Math.round(height) + 30,
    }
    expectSamePlaces(placesOf(await read(pixels, { region })), placesOf(whole), 5)
  })

  it('count pixels of the image as it was sent, however large it is', async () => {
    const pixels = await decodeSample('01-circle-on-dark.jpg')
    const small = placesOf(await read(pixels))
    const large = placesOf(await read(enlarge(pixels, 4)))
    const scaled = large.map(({ token, top_left_x, top_left_y, width, height }) => ({
      token,
      ...{ top_left_x: top_left_x / 4, top_left_y: top_left_y / 4, width: width / 4, height: height / 4 },
    }))
    expectSamePlaces(scaled, small, 5)
  })

  it('are those of the picture as it is seen, whatever the orientation of its pixels', async () => {
    for (const orientation of [1, 6, 5, 8] as const) {
      const { bytes } = await makeTurned(orientation, 'jpg')
      const reading = await read(await decodeImage(bytes))
      const [x, equals, six] = placesOf(reading).map(middle)
      // `x=6` is drawn at 40, 95 and 165 of 260 pixels.
      expect(reading.imageWidth).toBe(260)
      expectNear(x ?? 0, 57, 6)
      expectNear(equals ?? 0, 120, 6)
      expectNear(six ?? 0, 181, 6)
    }
  })

  it('lie on the ink of a picture on its side as it was sent', async () => {
    const pixels = turn(await decodeSample('12-quadratic-formula-photo.jpg'))
    const reading = await read(pixels)
    expect(reading.rotation.degrees).toBe(-90)
    const places = placesOf(reading)
    for (const place of places)
      expect([place.token, measureInk(pixels, place) > 60]).toEqual([place.token, true])
    // Turned clockwise, what stood left stands above.
    expect(places.at(0)?.top_left_y).toBeLessThan(places.at(-1)?.top_left_y ?? 0)
  })

  it('are known of each word and sign of a page', async () => {
    const pixels = await decodeSample('11-words-and-math.png')
    const { token_data } = createResult(await read(pixels), { ocr_behavior: 'text' })
    expect(token_data).toMatchObject({ latex: expect.arrayContaining(['x', '=', '4']) as unknown })
  })
})
