import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeImage, openImage } from './open-image.ts'

/** Bytes as a file of the kind begins, and some more. */
const begin = (start: string | readonly number[]) =>
  Buffer.concat([
    typeof start === 'string' ? Buffer.from(start, 'latin1') : Buffer.from(start),
    Buffer.alloc(80),
  ])

const files: readonly (readonly [string, Buffer])[] = [
  ['PDF', begin('%PDF-1.7')],
  ['PDF', begin('junk before it\n%PDF-1.4')],
  ['JPEG XL', begin('\u00ff\n')],
  ['JPEG 2000', begin('\0\0\0\fjP  \r\n')],
  ['Photoshop', begin('8BPS\0\u0001')],
  ['GIMP', begin('gimp xcf v011')],
  ['PostScript', begin('%!PS-Adobe-3.0 EPSF-3.0')],
  ['PostScript', begin([0xc5, 0xd0, 0xd3, 0xc6])],
  ['EMF', Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.alloc(36), begin(' EMF')])],
  ['WMF', begin([0xd7, 0xcd, 0xc6, 0x9a])],
  ['WMF', begin([1, 0, 9, 0, 0, 3])],
  ['DjVu', begin('AT&TFORM\0\0\0\u0010DJVU')],
  ['Windows icon', begin([0, 0, 1, 0, 1, 0])],
  ['Mac icon', begin('icns')],
  ['PNM', begin('P5\n8 8\n255\n')],
  ['high dynamic range', begin([0x76, 0x2f, 0x31, 1])],
  ['DICOM', Buffer.concat([Buffer.alloc(128), begin('DICM')])],
  ['raw photograph', begin('\0\0\0\u0018ftypcrx ')],
  ['film', begin('\0\0\0\u0018ftypmp42')],
  ['ZIP archive or an office document', begin('PK\u0003\u0004')],
  ['office document', begin([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ['compressed file', gzipSync('x')],
  ['web page', begin('  <!DOCTYPE html><html>')],
  ['MathML', begin('<math xmlns="http://www.w3.org/1998/Math/MathML">')],
  ['Git LFS', begin('version https://git-lfs.github.com/spec/v1')],
  ['nothing but zeros', Buffer.alloc(500)],
]

describe('a file that is no picture of a kind that is read', () => {
  it.each(files)('is refused by its name: %s', (name, bytes) => {
    expect(() => openImage(bytes)).toThrow(
      expect.objectContaining({ reason: 'unsupported', predicate: expect.stringContaining(name) as string }),
    )
  })

  it.each([
    ['12 bits a sample', 0xc1, 12],
    ['lossless', 0xc3, 8],
    ['JPEG-LS', 0xf7, 8],
  ])('is refused as a JPEG of another kind: %s', async (name, frame, precision) => {
    const head = [0xff, 0xd8, 0xff, frame, 0, 11, precision, 0, 8, 0, 8, 1, 1, 0x11, 0]
    const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0, 0, 0xff, 0xd9]
    await expect(decodeImage(Buffer.from([...head, ...scan]))).rejects.toMatchObject({
      reason: 'unsupported',
      predicate: expect.stringContaining(name) as string,
    })
  })
})
