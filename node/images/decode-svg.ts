import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { ImageError, unreadable } from './image-error.ts'
import type { StoredPixels } from './pixels.ts'

/** A drawing has no pixels of its own: it is drawn large enough for the smallest index, and no larger than a page is scanned. */
const LONG_SIDE = 2400
const MOST_PIXELS = 4_000_000
const MOST_ZOOM = 16
/** Formulas are a few kilobytes of outlines. */
const MAX_SVG_BYTES = 10 * 1024 * 1024

/** Outlines need no font; words and formulas written as text are drawn in these, whatever font they ask for. */
const FONTS = ['KaTeX_Main-Regular', 'KaTeX_Main-Italic', 'KaTeX_Main-Bold', 'KaTeX_Math-Italic']

const resolve = createRequire(import.meta.url).resolve
let loading: Promise<Uint8Array[]> | undefined

/** The renderer, and the fonts that it draws with. */
export function loadSvg(): Promise<Uint8Array[]> {
  return (loading ??= load())
}

async function load(): Promise<Uint8Array[]> {
  await initWasm(await readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')))
  return Promise.all(FONTS.map((name) => readFile(resolve(`katex/dist/fonts/${name}.ttf`))))
}

/**
 * Draws an SVG. The renderer knows no scripts, and being WebAssembly it reaches neither files nor the network: what a drawing refers to outside of itself is
 * left out.
 */
export async function decodeSvg(bytes: Uint8Array): Promise<StoredPixels> {
  if (bytes.length > MAX_SVG_BYTES) throw new ImageError('too_large', 'is too large for an SVG drawing.')
  const fontBuffers = await loadSvg()
  const font = {
    fontBuffers,
    defaultFontFamily: 'KaTeX_Main',
    serifFamily: 'KaTeX_Main',
    sansSerifFamily: 'KaTeX_Main',
  }
  try {
    const text = readText(bytes)
    const drawing = new Resvg(text, { font })
    const zoom = chooseZoom(drawing.width, drawing.height)
    drawing.free()
    const scaled = new Resvg(text, { font, fitTo: { mode: 'zoom', value: zoom } })
    const rendered = scaled.render()
    const { width, height } = rendered
    const data = removePremultiplication(rendered.pixels)
    rendered.free()
    scaled.free()
    return { data, width, height, bands: 4, orientation: 1 }
  } catch (error) {
    throw unreadable(error)
  }
}

function readText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

function chooseZoom(width: number, height: number): number {
  if (!(width > 0 && height > 0)) throw unreadable()
  const fits = Math.min(LONG_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)))
  return Math.min(MOST_ZOOM, fits)
}

function removePremultiplication(pixels: Uint8Array): Uint8Array {
  const data = new Uint8Array(pixels)
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0
    if (alpha === 0 || alpha === 255) continue
    for (let channel = at; channel < at + 3; channel += 1)
      data[channel] = Math.min(255, Math.round(((data[channel] ?? 0) * 255) / alpha))
  }
  return data
}
