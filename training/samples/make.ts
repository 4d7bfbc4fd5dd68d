import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { Resvg } from '@resvg/resvg-js'
import { createTypesetter } from '../generate/typeset.ts'
import { drawHandwriting } from './handwriting.ts'
import { readLayout, type Piece } from './layout.ts'
import { measureOutline } from './outline.ts'
import { photograph } from './photograph-sample.ts'
import { createPlane, type Plane } from './plane.ts'
import { drawPrint, openPrintFace } from './print.ts'
import { createRandom } from './random.ts'
import { sampleList, type Sample } from './sample-list.ts'
import type { Picture, Scene } from './scene.ts'

/** Draws every sample into a folder (`samples/` unless one is named) or, with names after it, only those. */
async function makeSamples(folder: string, names: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const truth: Record<string, { latex: string; printed: boolean }> = {}
  for (const [index, sample] of sampleList.entries()) {
    truth[sample.file] = { latex: sample.latex, printed: sample.printed }
    if (names.length > 0 && !names.some((name) => sample.file.startsWith(name))) continue
    const bytes = encode(await makeSample(sample, index), sample)
    writeFileSync(`${folder}/${sample.file}`, bytes)
    console.log(`${sample.file}: ${String(Math.round(bytes.length / 1024))} kB`)
  }
  writeFileSync(`${folder}/truth.json`, `${JSON.stringify(truth, undefined, 2)}\n`)
}

async function makeSample(sample: Sample, index: number): Promise<Picture> {
  const random = createRandom(7919 * (index + 1))
  const typeset = await createTypesetter(sample.math)
  const markup = typeset(sample.typed ?? sample.latex)
  if (markup === undefined) throw new Error(`MathJax does not take ${sample.latex}`)
  const pieces = readLayout(markup)
  const shapes = sample.hand
    ? drawHandwriting(pieces, sample.hand, random)
    : drawPrint(pieces, sample.text ? openPrintFace(sample.text) : undefined, sample.weight)
  return photograph(rasterise(shapes, pieces, sample.scene, sample.hand?.spacing ?? 1), sample.scene, random)
}

/** The share of each pixel that the ink covers. */
function rasterise(shapes: string, pieces: readonly Piece[], scene: Scene, spacing: number): Plane {
  const { width, height, em, centre = [0.5, 0.5] } = scene
  const box = measureOutline(pieces.flatMap((piece) => piece.outline))
  const scale = em / 1000
  const x = width * centre[0] - (scale * spacing * (box.left + box.right)) / 2
  const y = height * centre[1] - (scale * (box.top + box.bottom)) / 2
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}"><g transform="translate(${String(x)},${String(y)}) scale(${String(scale)})">${shapes}</g></svg>`
  const { pixels } = new Resvg(svg).render()
  return createPlane(width, height, (px, py) => (pixels[4 * (py * width + px) + 3] ?? 0) / 255)
}

function encode(picture: Picture, sample: Sample): Buffer {
  const { width, height, channels } = picture
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(width, height)
  for (let i = 0; i < width * height; i++) {
    for (const [channel, { values }] of channels.entries())
      image.data[4 * i + channel] = Math.round(values[i] ?? 0)
    image.data[4 * i + 3] = 255
  }
  context.putImageData(image, 0, 0)
  return sample.file.endsWith('.png')
    ? canvas.toBuffer('image/png')
    : canvas.toBuffer('image/jpeg', sample.scene.jpegQuality ?? 82)
}

const [folder = fileURLToPath(new URL('../../samples', import.meta.url)), ...names] = process.argv.slice(2)
await makeSamples(folder, names)
