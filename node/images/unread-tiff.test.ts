import { describe, expect, it } from 'vitest'
import { decodeImage } from './open-image.ts'

/** A little-endian grey TIFF of one strip, packed as the number says, its samples being whole numbers (1) or of another format. */
function makeTiff(compression: number, data = Buffer.alloc(48, 7), bits = 8, format = 1): Buffer {
  const tags = [
    [256, 8],
    [257, 8],
    [258, bits],
    [259, compression],
    [262, 1],
    [273, 8 + 2 + 12 * 10 + 4],
    [277, 1],
    [278, 8],
    [279, data.length],
    [339, format],
  ]
  const directory = Buffer.alloc(2 + 12 * tags.length + 4)
  directory.writeUInt16LE(tags.length, 0)
  tags.forEach(([tag = 0, value = 0], index) => {
    const at = 2 + 12 * index
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(4, at + 2)
    directory.writeUInt32LE(1, at + 4)
    directory.writeUInt32LE(value, at + 8)
  })
  return Buffer.concat([Buffer.from('II*\0\u0008\0\0\0', 'latin1'), directory, data])
}

describe('a TIFF that nobody here can read', () => {
  it.each([
    [34712, 'JPEG 2000'],
    [34887, 'LERC'],
    [34925, 'LZMA'],
    [50000, 'Zstandard'],
    [50001, 'WebP'],
    [60123, 'method 60123'],
  ])('packed as %i is refused by the name %s', async (compression, name) => {
    await expect(decodeImage(makeTiff(compression))).rejects.toMatchObject({
      reason: 'unsupported',
      predicate: `is a TIFF packed with ${name}, which is not read here. Save it as PNG and add that.`,
    })
  })

  it.each([
    ['floating-point numbers of 16 bits', 16, 3],
    ['floating-point numbers of 32 bits', 32, 3],
    ['floating-point numbers of 64 bits', 64, 3],
    ['whole numbers of 32 bits', 32, 1],
    ['signed whole numbers of 32 bits', 32, 2],
    ['signed whole numbers of 16 bits', 16, 2],
    ['signed whole numbers of 8 bits', 8, 2],
    ['whole numbers of 64 bits', 64, 1],
    ['whole numbers of 12 bits', 12, 1],
  ])('with samples that are %s is refused by that, not shown wrongly', async (samples, bits, format) => {
    await expect(decodeImage(makeTiff(1, Buffer.alloc((64 * bits) / 8), bits, format))).rejects.toMatchObject(
      {
        reason: 'unsupported',
        predicate: expect.stringContaining(`is a TIFF whose samples are ${samples}`) as string,
      },
    )
  })

  it('is called damaged when it is packed in a way that is read', async () => {
    await expect(decodeImage(makeTiff(5))).rejects.toMatchObject({ reason: 'unreadable' })
  })

  it('is read when it is whole', async () => {
    await expect(decodeImage(makeTiff(1, Buffer.alloc(64, 7)))).resolves.toMatchObject({
      width: 8,
      height: 8,
    })
  })
})
