import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeFormats } from '../../testing/node/make-formats.ts'
import { measureDemand } from './decode-watch.ts'
import { decodeImage, openImage } from './open-image.ts'

type Tag = readonly [tag: number, value: number]

/** A little-endian TIFF of one directory; `next` is where the following one is said to be. */
function makeTiff(tags: readonly Tag[], data: Buffer = Buffer.alloc(0), next = 0): Buffer {
  const directory = Buffer.alloc(2 + 12 * tags.length + 4)
  directory.writeUInt16LE(tags.length, 0)
  tags.forEach(([tag, value], index) => {
    const at = 2 + 12 * index
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(4, at + 2)
    directory.writeUInt32LE(1, at + 4)
    directory.writeUInt32LE(value, at + 8)
  })
  directory.writeUInt32LE(next, directory.length - 4)
  return Buffer.concat([Buffer.from('II*\0\u0008\0\0\0', 'latin1'), directory, data])
}

const strip = (width: number, height: number, compression: number, data: Buffer) =>
  makeTiff(
    [
      [256, width],
      [257, height],
      [258, 8],
      [259, compression],
      [262, 1],
      [273, 8 + 2 + 12 * 9 + 4],
      [277, 1],
      [278, height],
      [279, data.length],
    ],
    data,
  )

const DEFLATE = 8
const zeros = deflateSync(Buffer.alloc(64_000_000))

const uses = Array.from(
  { length: 12 },
  (_, index) => `<g id="g${index + 1}">${`<use href="#g${index}"/>`.repeat(10)}</g>`,
)
const entities = Array.from(
  { length: 10 },
  (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
)

describe('files that were made to harm', () => {
  it.each([
    [
      'a TIFF whose directory is its own successor',
      makeTiff(
        [
          [256, 1],
          [257, 1],
        ],
        undefined,
        8,
      ),
    ],
    ['a TIFF that declares more than it may', strip(60_000, 60_000, DEFLATE, zeros)],
    ['a TIFF without rows', strip(0, 100, 1, Buffer.alloc(100))],
    ['a PNG head and nothing else', Buffer.from('89504e470d0a1a0a0000000d49484452000000ff', 'hex')],
    [
      'an SVG that uses itself a trillion times',
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs><g id="g0"><rect width="1" height="1"/></g>${uses.join('')}</defs><use href="#g12"/></svg>`,
      ),
    ],
    [
      'an SVG of entities of entities',
      Buffer.from(
        `<!DOCTYPE svg [<!ENTITY e0 "eeeeeeeeee">${entities.join('')}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&e10;</text></svg>`,
      ),
    ],
  ])('%s is refused', async (_name, bytes) => {
    await expect(decodeImage(bytes)).rejects.toMatchObject({ name: 'ImageError' })
  })

  it('a small picture with a bomb behind it is the small picture', async () => {
    const before = process.memoryUsage().arrayBuffers
    const { width, height } = await decodeImage(strip(100, 100, DEFLATE, zeros))
    expect([width, height]).toEqual([100, 100])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000)
  })

  it('a ring of directories counts each page once', () => {
    const page = makeTiff(
      [
        [256, 5],
        [257, 7],
      ],
      undefined,
      8,
    )
    expect(openImage(page).pages.map(({ declared }) => declared)).toEqual([{ width: 5, height: 7 }])
  })

  it('an SVG draws nothing from outside of itself', async () => {
    const svg = (inside: string) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#fff"/>${inside}</svg>`,
      )
    const outside = ['file:///etc/hostname', '/etc/hostname', 'http://127.0.0.1:1/x.png']
      .map((href) => `<image href="${href}" width="40" height="20"/>`)
      .join('')
    const plain = await decodeImage(svg(''))
    const drawn = await decodeImage(svg(`${outside}<script>throw 1</script>`))
    expect(Buffer.from(drawn.data).equals(Buffer.from(plain.data))).toBe(true)
  })

  it('any file cut off anywhere is a picture or an error', async () => {
    for (const { name, bytes } of await makeFormats()) {
      for (const share of [1, 4, 7]) {
        const outcome = await decodeImage(bytes.subarray(0, Math.floor((bytes.length * share) / 8))).then(
          () => 'picture',
          (error: unknown) => (error instanceof Error ? error.name : 'thrown'),
        )
        expect([name, ['picture', 'ImageError'].includes(outcome)]).toEqual([name, true])
      }
    }
  })
})

describe('the time for a file', () => {
  it('is two seconds for some hundred bytes, whatever they declare, and grows with the file', () => {
    expect(measureDemand(297, 'gif', { width: 9000, height: 9000 }).limitMs).toBeLessThan(2500)
    expect(measureDemand(3_000_000, 'jpeg', { width: 8000, height: 6000 }).limitMs).toBeGreaterThan(15_000)
    expect(measureDemand(200_000_000, 'tiff', { width: 10_000, height: 10_000 }).limitMs).toBe(60_000)
  })
})
