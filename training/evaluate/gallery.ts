import { createCanvas, GlobalFonts, loadImage, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { losslessCompressPng } from '@napi-rs/image'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Pixels } from '../../node/images/pixels.ts'
import type { InkImage } from '../generate/photograph.ts'
import { rasteriseSvg } from '../generate/rasterise.ts'
import { createTypesetter, type Typesetter } from '../generate/typeset.ts'
import type { ReportedOutcome } from './report.ts'

/** Bytes of all sheets together, and how many wrong readings a sheet shows at most. */
const mostBytes = 290_000
const mostShown = 12

const column = 380
const pictureHeight = 84
const formulaHeight = 48
const entryHeight = pictureHeight + 2 * formulaHeight + 14
const labelWidth = 42
const figureHeight = 11
const mostPixels = 1_000_000

/** Pictures of wrong readings, small, from the evaluation until the gallery is made. */
export type PictureFolder = { keep(set: string, name: string, pixels: Pixels): void }

export function openPictureFolder(folder: string): PictureFolder {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return {
    keep(set, name, pixels) {
      const whole = drawPixels(pixels)
      const scale = Math.min(1, (column - labelWidth - 8) / pixels.width, pictureHeight / pixels.height)
      const small = createCanvas(
        Math.max(1, Math.round(pixels.width * scale)),
        Math.max(1, Math.round(pixels.height * scale)),
      )
      const context = small.getContext('2d')
      context.imageSmoothingQuality = 'high'
      context.drawImage(whole, 0, 0, small.width, small.height)
      writeFileSync(path.join(folder, nameFile(set, name)), small.toBuffer('image/png'))
    },
  }
}

/**
 * Writes one contact sheet a set: the picture, what is written in it and what was read, both typeset. Sheets shrink until all together are small.
 * @param pictures the folder that {@link openPictureFolder} filled
 */
export async function writeGallery(
  outcomes: readonly ReportedOutcome[],
  pictures: string,
  folder: string,
): Promise<void> {
  const wrong = outcomes.filter(
    ({ set, name, isSameRender }) => !isSameRender && existsSync(path.join(pictures, nameFile(set, name))),
  )
  const sets = [...new Set(wrong.map(({ set }) => set))]
  const typeset = await createTypesetter('newcm')
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (name.endsWith('.png')) rmSync(path.join(folder, name))
  for (const set of sets) {
    const all = wrong.filter((one) => one.set === set)
    const sheet = await drawSmallSheet(all, mostBytes / sets.length, pictures, typeset)
    writeFileSync(path.join(folder, `${set.replaceAll(/[^\w-]+/g, '_')}.png`), sheet)
  }
}

/** As many as fit into so many bytes, at least one. */
async function drawSmallSheet(
  all: readonly ReportedOutcome[],
  bytes: number,
  pictures: string,
  typeset: Typesetter,
): Promise<Buffer> {
  let count = Math.min(mostShown, all.length)
  for (;;) {
    const sheet = await drawSheet(spread(all, count), pictures, typeset)
    if (sheet.length <= bytes || count === 1) return sheet
    count = Math.max(1, Math.min(count - 1, Math.floor((count * bytes) / sheet.length)))
  }
}

function nameFile(set: string, name: string): string {
  return `${`${set} ${name}`.replaceAll(/[^\w-]+/g, '_').slice(0, 100)}.png`
}

/** So many of the list, evenly from its whole length. */
function spread<T>(all: readonly T[], count: number): T[] {
  return all.filter(
    (_, at) => Math.floor((at * count) / all.length) !== Math.floor(((at - 1) * count) / all.length),
  )
}

async function drawSheet(
  shown: readonly ReportedOutcome[],
  pictures: string,
  typeset: Typesetter,
): Promise<Buffer> {
  const rows = Math.ceil(shown.length / 2)
  const canvas = createCanvas(2 * column, rows * entryHeight)
  const context = canvas.getContext('2d')
  registerFace()
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  for (const [at, one] of shown.entries()) {
    const left = (at % 2) * column
    const top = Math.floor(at / 2) * entryHeight + 6
    const picture = await loadImage(path.join(pictures, nameFile(one.set, one.name)))
    context.drawImage(picture, left + labelWidth, top)
    drawFormula(context, typeset, 'is', one.wanted, left, top + pictureHeight)
    const label = `read\n${one.confidence.toFixed(2)}`
    drawFormula(context, typeset, label, one.got, left, top + pictureHeight + formulaHeight)
    context.fillStyle = '#ccc'
    context.fillRect(left, top + entryHeight - 7, column - 8, 1)
  }
  return losslessCompressPng(toGreyLevels(canvas))
}

function drawFormula(
  context: SKRSContext2D,
  typeset: Typesetter,
  label: string,
  latex: string,
  left: number,
  top: number,
): void {
  context.fillStyle = '#666'
  context.font = `11px ${face}`
  label.split('\n').forEach((line, at) => context.fillText(line, left + 4, top + 16 + 12 * at))
  const svg = latex === '' ? undefined : typeset(latex)
  const ink = svg === undefined ? undefined : rasteriseToFit(svg, column - labelWidth - 8, formulaHeight - 4)
  if (!ink) {
    context.fillText(latex === '' ? '(nothing)' : latex.slice(0, 52), left + labelWidth, top + 16)
    return
  }
  const data = Uint8Array.from(ink.values, (value) => 255 * (1 - value))
  const drawn = drawPixels({ data, width: ink.width, height: ink.height, channels: 1 })
  context.drawImage(drawn, left + labelWidth, top)
}

/** Drawn again where it is too large: what is shrunk afterwards loses its thin strokes. */
function rasteriseToFit(svg: string, width: number, height: number): InkImage | undefined {
  const ink = rasteriseSvg(svg, figureHeight, mostPixels)
  const scale = ink ? Math.min(width / ink.width, height / ink.height) : 1
  return scale < 1 ? rasteriseSvg(svg, figureHeight * scale, mostPixels) : ink
}

function drawPixels({ data, width, height, channels }: Pixels): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(width, height)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1)
      image.data[pixel * 4 + channel] = data[pixel * channels + (channels === 1 ? 0 : channel)] ?? 255
    image.data[pixel * 4 + 3] = channels === 4 ? (data[pixel * 4 + 3] ?? 255) : 255
  }
  context.putImageData(image, 0, 0)
  return canvas
}

/** Sixteen greys: the compressor then needs four bits a pixel, and grain costs little. */
function toGreyLevels(canvas: Canvas): Buffer {
  const context = canvas.getContext('2d')
  const image = context.getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 0; at < image.data.length; at += 4) {
    const [red = 255, green = 255, blue = 255] = image.data.subarray(at, at + 3)
    const level = 17 * Math.round((0.299 * red + 0.587 * green + 0.114 * blue) / 17)
    image.data.fill(level, at, at + 3)
  }
  context.putImageData(image, 0, 0)
  return canvas.toBuffer('image/png')
}

const face = 'KaTeX_Typewriter-Regular'
function registerFace(): void {
  const file = createRequire(import.meta.url).resolve(`katex/dist/fonts/${face}.ttf`)
  if (!GlobalFonts.has(face)) GlobalFonts.registerFromPath(file, face)
}
