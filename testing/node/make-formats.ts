import { readFileSync } from 'node:fs'
import { Transformer } from '@napi-rs/image'
import type Vips from 'wasm-vips'
import type { Orientation } from '../../node/images/pixels.ts'
import { withVips, type VipsLibrary } from '../../node/images/vips.ts'
import { drawFormula, FORMULA_SIZE } from './draw-formula.ts'

/** One file of a format, as other programs write it, and how many pictures it holds. */
export type FormatFile = { readonly name: string; readonly bytes: Buffer; readonly pages: number }

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]

let made: Promise<FormatFile[]> | undefined

/** The same formula in every accepted format and flavour; made once. */
export function makeFormats(): Promise<readonly FormatFile[]> {
  return (made ??= writeFormats())
}

async function writeFormats(): Promise<FormatFile[]> {
  return [
    ...(await withVips('plain', (vips) => makeWithVips(vips))),
    ...(await withVips('avif', (vips) => [
      file('avif.avif', drawing(vips).heifsaveBuffer({ compression: 'av1', effort: 0 })),
      file('avif-alpha.avif', drawing(vips, true).heifsaveBuffer({ compression: 'av1', effort: 0 })),
    ])),
    file(
      'bmp.bmp',
      await Transformer.fromRgbaPixels(drawFormula(), FORMULA_SIZE.width, FORMULA_SIZE.height).bmp(),
    ),
    file('bmp-os2.bmp', makeOs2Bitmap()),
    file('svg.svg', Buffer.from(SVG)),
    file('heic.heic', readFileSync(new URL('formula.heic', import.meta.url))),
  ]
}

/** Stored so that a reader who obeys `orientation` sees the formula upright. */
export function makeTurned(
  orientation: Orientation,
  kind: 'jpg' | 'png' | 'webp' | 'tif',
): Promise<FormatFile> {
  return withVips('plain', (vips) => {
    const image = lieDown(drawing(vips), orientation).copy()
    image.setInt('orientation', orientation)
    return file(`turned-${String(orientation)}.${kind}`, image.writeToBuffer(`.${kind}`))
  })
}

function makeWithVips(vips: VipsLibrary): FormatFile[] {
  const rgb = drawing(vips)
  const alpha = drawing(vips, true)
  const grey = rgb.colourspace('b-w')
  const grey16 = rgb.colourspace('grey16')
  const rgb16 = rgb.colourspace('rgb16')
  const cmyk = rgb.colourspace('cmyk')
  const tiff = (name: string, image: Vips.Image, options: TiffOptions) =>
    file(`tiff-${name}.tif`, image.tiffsaveBuffer(options))
  return [
    file('png-grey-1.png', grey.moreEq([128]).pngsaveBuffer({ bitdepth: 1 })),
    ...[2, 4, 8].map((bitdepth) =>
      file(`png-grey-${String(bitdepth)}.png`, grey.pngsaveBuffer({ bitdepth })),
    ),
    file('png-palette.png', rgb.pngsaveBuffer({ palette: true, bitdepth: 4 })),
    file('png-rgb.png', rgb.pngsaveBuffer()),
    file('png-alpha.png', alpha.pngsaveBuffer()),
    file('png-grey-alpha.png', alpha.colourspace('b-w').pngsaveBuffer()),
    file('png-grey-16.png', grey16.pngsaveBuffer({ bitdepth: 16 })),
    file('png-12-of-16.png', grey16.rshift(4).pngsaveBuffer({ bitdepth: 16 })),
    file('png-rgb-16.png', rgb16.pngsaveBuffer({ bitdepth: 16 })),
    file('png-alpha-16.png', alpha.colourspace('rgb16').pngsaveBuffer({ bitdepth: 16 })),
    file('png-interlaced.png', rgb.pngsaveBuffer({ interlace: true })),
    file('jpeg-rgb.jpg', rgb.jpegsaveBuffer()),
    file('jpeg-grey.jpg', grey.jpegsaveBuffer()),
    file('jpeg-progressive.jpg', rgb.jpegsaveBuffer({ interlace: true })),
    file('jpeg-cmyk.jpg', cmyk.jpegsaveBuffer({ keep: 'none' })),
    file('webp-lossy.webp', rgb.webpsaveBuffer()),
    file('webp-lossless.webp', alpha.webpsaveBuffer({ lossless: true })),
    file('gif.gif', rgb.gifsaveBuffer()),
    file('gif-alpha.gif', alpha.gifsaveBuffer({ interlace: true })),
    tiff('plain', rgb, { compression: 'none' }),
    tiff('lzw', rgb, { compression: 'lzw', predictor: 'horizontal' }),
    tiff('deflate', rgb, { compression: 'deflate' }),
    tiff('packbits', grey, { compression: 'packbits' }),
    tiff('jpeg', rgb, { compression: 'jpeg' }),
    tiff('g4', grey, { compression: 'ccittfax4', bitdepth: 1 }),
    tiff('g4-white-is-zero', grey, { compression: 'ccittfax4', bitdepth: 1, miniswhite: true }),
    tiff('grey-16', grey16, { compression: 'lzw' }),
    tiff('12-of-16', grey16.rshift(4), { compression: 'lzw' }),
    tiff('rgb-10-of-16', rgb16.rshift(6), { compression: 'none' }),
    file('tiff-infrared.tif', sayUnknownExtra(rgb.bandjoin([0]).tiffsaveBuffer({ compression: 'none' }))),
    tiff('rgb-16', rgb16, { compression: 'deflate' }),
    tiff('cmyk', cmyk, { compression: 'lzw', keep: 'none' }),
    file('tiff-lab.tif', sayUnsigned(tiff('', rgb.colourspace('labs'), { compression: 'lzw' }).bytes)),
    file(
      'tiff-lab-alpha.tif',
      sayUnsigned(tiff('', rgb.colourspace('labs').bandjoin([-1]), { compression: 'lzw' }).bytes),
    ),
    tiff('alpha', alpha, { compression: 'lzw' }),
    tiff('tiled', rgb, { compression: 'deflate', tile: true, tile_width: 64, tile_height: 64 }),
    {
      ...tiff('big', threePages(vips, grey), { bigtiff: true, page_height: grey.height }),
      pages: 3,
    },
    { ...tiff('pages', threePages(vips, grey), { compression: 'lzw', page_height: grey.height }), pages: 3 },
  ]
}

type TiffOptions = Parameters<Vips.Image['tiffsaveBuffer']>[0]

function threePages(vips: VipsLibrary, page: Vips.Image): Vips.Image {
  return vips.Image.arrayjoin([page, page, page], { across: 1 })
}

const EXTRA_SAMPLES = 338

/** Says of the fourth sample that nobody knows what it is; scanners put there how bright a pixel is in infrared. */
function sayUnknownExtra(tiff: Uint8Array): Uint8Array {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const directory = view.getUint32(4, true)
  for (let entry = 0; entry < view.getUint16(directory, true); entry += 1) {
    const at = directory + 2 + 12 * entry
    if (view.getUint16(at, true) === EXTRA_SAMPLES) view.setUint16(at + 8, 0, true)
  }
  return tiff
}

const SAMPLE_FORMAT = 339

/** Other programs do not say that the colours of a picture in Lab are signed. */
function sayUnsigned(tiff: Buffer): Buffer {
  const directory = tiff.readUInt32LE(4)
  for (let entry = 0; entry < tiff.readUInt16LE(directory); entry += 1) {
    const at = directory + 2 + 12 * entry
    if (tiff.readUInt16LE(at) !== SAMPLE_FORMAT) continue
    const count = tiff.readUInt32LE(at + 4)
    const place = count > 2 ? tiff.readUInt32LE(at + 8) : at + 8
    for (let sample = 0; sample < count; sample += 1) tiff.writeUInt16LE(1, place + 2 * sample)
  }
  return tiff
}

/** With the oldest head, whose sides have two bytes each. */
function makeOs2Bitmap(): Buffer {
  const rgba = drawFormula({ paper: '#fff' })
  const { width, height } = FORMULA_SIZE
  const head = Buffer.alloc(26)
  const rowBytes = 4 * Math.ceil((3 * width) / 4)
  const rows = Buffer.alloc(rowBytes * height)
  head.write('BM', 'latin1')
  head.writeUInt32LE(head.length + rows.length, 2)
  head.writeUInt32LE(head.length, 10)
  head.writeUInt32LE(12, 14)
  head.writeUInt16LE(width, 18)
  head.writeUInt16LE(height, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt16LE(24, 24)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = 4 * (y * width + x)
      const to = (height - 1 - y) * rowBytes + 3 * x
      for (let channel = 0; channel < 3; channel += 1) rows[to + 2 - channel] = rgba[from + channel] ?? 0
    }
  }
  return Buffer.concat([head, rows])
}

function drawing(vips: VipsLibrary, isTransparent = false): Vips.Image {
  const rgba = drawFormula(isTransparent ? {} : { paper: '#fff' })
  const { width, height } = FORMULA_SIZE
  const image = vips.Image.newFromMemory(rgba, width, height, 4, vips.BandFormat.uchar).copy({
    interpretation: 'srgb',
  })
  return isTransparent ? image : image.extractBand(0, { n: 3 })
}

/** The opposite of what a reader does for this orientation. */
function lieDown(image: Vips.Image, orientation: Orientation): Vips.Image {
  const back: Record<Orientation, (image: Vips.Image) => Vips.Image> = {
    1: (upright) => upright,
    2: (upright) => upright.flipHor(),
    3: (upright) => upright.rot180(),
    4: (upright) => upright.flipVer(),
    5: (upright) => upright.rot90().flipHor(),
    6: (upright) => upright.rot270(),
    7: (upright) => upright.rot270().flipHor(),
    8: (upright) => upright.rot90(),
  }
  return back[orientation](image)
}

function file(name: string, bytes: Uint8Array): FormatFile {
  return { name, bytes: Buffer.from(bytes), pages: 1 }
}

export { ORIENTATIONS }

/** As typesetters for the web write formulas: outlines in defs, used, turned over by a scale, sized in `ex`. */
const SVG = `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="13ex" height="5.5ex" viewBox="0 0 260 110">
  <g fill="currentColor" stroke="none" font-size="64">
    <text x="40" y="78" font-family="KaTeX_Math" font-style="italic">x</text>
    <text x="95" y="78">=</text>
    <text x="165" y="78">6</text>
  </g>
</svg>`
