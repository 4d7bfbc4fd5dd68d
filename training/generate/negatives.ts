import { Resvg } from '@resvg/resvg-js'
import { prepareImage } from '../../engine/preprocess/preprocess.ts'
import type { Canvas } from '../../engine/preprocess/pixels.ts'
import { textFaces } from '../faces.ts'
import { loadOutlineFace, type OutlineFace } from './outlines.ts'
import { layOnPaper, photograph, type InkImage } from './photograph.ts'
import type { Rng } from './rng.ts'

/** Draws the canvas of a picture that holds no formula: drawings, graphs, grids, icons, paragraphs, mere texture. */
export type NegativeMaker = (rng: Rng) => Canvas | undefined

const words = (
  'the of and to in is that for it was on are as with they be at one have this from by hot but some what there we can out other were ' +
  'all your when up use word how said each she which do their time if will way about many then them would write like so these her ' +
  'long make thing see him two has look more day could go come did my sound no most number who over know water than call first people ' +
  'may down side been now find any new work part take get place made live where after back little only round man year came show every ' +
  'good me give our under name very through just form much great think say help low line before turn cause same mean differ move right'
).split(' ')

const figures: readonly ((rng: Rng) => string)[] = [shapes, graph, squares, tree, bars]

export function createNegativeMaker(): NegativeMaker {
  const faces = textFaces.map((name) => loadOutlineFace(name))
  return (rng) => {
    const svg = rng.weighted([
      [4, () => rng.pick(figures)(rng)],
      [4, () => paragraph(rng.pick(faces), rng)],
      [1, () => frame(300, 120, '')],
    ])()
    const ink = draw(svg)
    const picture = rng.chance(0.6) ? photograph(ink, undefined, false, rng) : layOnPaper(ink, rng)
    const prepared = prepareImage(picture.pixels)
    return prepared.kind === 'ink' ? prepared.canvas : undefined
  }
}

function frame(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="none" stroke="#000">${body}</svg>`
}

function draw(svg: string): InkImage {
  const { pixels, width, height } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  return {
    values: Float32Array.from({ length: width * height }, (_, at) => (pixels[at * 4 + 3] ?? 0) / 255),
    width,
    height,
    figure: 20,
  }
}

function shapes(rng: Rng): string {
  const [width, height] = [rng.int(60, 360), rng.int(60, 260)]
  const [x, y] = [() => rng.int(2, width - 2), () => rng.int(2, height - 2)]
  const body = Array.from({ length: rng.int(2, 14) }, () => {
    const paint = `stroke-width="${rng.between(1, 5).toFixed(1)}"${rng.chance(0.15) ? ' fill="#000"' : ''}`
    return rng.pick([
      () => `<circle cx="${x()}" cy="${y()}" r="${rng.int(4, 60)}" ${paint}/>`,
      () => `<line x1="${x()}" y1="${y()}" x2="${x()}" y2="${y()}" ${paint}/>`,
      () =>
        `<rect x="${x()}" y="${y()}" width="${rng.int(8, 120)}" height="${rng.int(8, 90)}" rx="${rng.int(0, 8)}" ${paint}/>`,
      () => `<polygon points="${x()},${y()} ${x()},${y()} ${x()},${y()}" ${paint}/>`,
      () => `<path d="M${x()} ${y()}C${x()} ${y()} ${x()} ${y()} ${x()} ${y()}" ${paint}/>`,
      () => `<ellipse cx="${x()}" cy="${y()}" rx="${rng.int(5, 80)}" ry="${rng.int(5, 40)}" ${paint}/>`,
    ])()
  })
  return frame(width, height, body.join(''))
}

function graph(rng: Rng): string {
  const [width, height] = [rng.int(120, 320), rng.int(100, 260)]
  const [originX, originY] = [rng.int(5, width >> 1), rng.int(height >> 1, height - 5)]
  const pace = rng.between(0.01, 0.08)
  const rise = rng.between(10, height / 2.5)
  const kind = rng.int(0, 2)
  const points = Array.from({ length: 60 }, (_, at) => {
    const x = (at / 59) * width
    const t = (x - originX) * pace
    const value = kind === 0 ? Math.sin(t) : kind === 1 ? 0.3 * t * t - 0.5 : Math.exp(0.5 * t) - 0.6
    return `${x.toFixed(1)},${Math.max(-20, Math.min(height + 20, originY - value * rise)).toFixed(1)}`
  })
  const ticks = Array.from({ length: rng.int(0, 9) }, (_, at) => {
    const x = originX + (at - 4) * 25
    return `<line x1="${x}" y1="${originY - 3}" x2="${x}" y2="${originY + 3}"/>`
  })
  return frame(
    width,
    height,
    `<line x1="0" y1="${originY}" x2="${width}" y2="${originY}" stroke-width="1.5"/><line x1="${originX}" y1="0" x2="${originX}" y2="${height}" stroke-width="1.5"/><polyline points="${points.join(' ')}" stroke-width="${rng.between(1.5, 3.5).toFixed(1)}"/>${ticks.join('')}`,
  )
}

/** Codes to scan, chess boards, crosswords. */
function squares(rng: Rng): string {
  const count = rng.int(8, 29)
  const side = rng.int(4, 9)
  const share = rng.between(0.35, 0.6)
  const cells: string[] = []
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < count; column += 1)
      if (rng.chance(share)) cells.push(`M${column * side} ${row * side}h${side}v${side}h${-side}z`)
  return frame(count * side, count * side, `<path d="${cells.join('')}" fill="#000" stroke="none"/>`)
}

/** Boxes joined by lines. */
function tree(rng: Rng): string {
  const [width, height] = [rng.int(160, 360), rng.int(120, 260)]
  const boxes = Array.from(
    { length: rng.int(3, 7) },
    () => [rng.int(10, width - 60), rng.int(10, height - 40)] as const,
  )
  const body = boxes.map(([x, y], at) => {
    const [fromX, fromY] = boxes[at >> 1] ?? [x, y]
    return `<rect x="${x}" y="${y}" width="50" height="28" stroke-width="2"/><path d="M${fromX + 25} ${fromY + 28}L${x + 25} ${y}" stroke-width="2"/>`
  })
  return frame(width, height, body.join(''))
}

function bars(rng: Rng): string {
  const count = rng.int(3, 12)
  const body = Array.from({ length: count }, (_, at) => {
    const high = rng.int(5, 140)
    return `<rect x="${6 + at * 24}" y="${150 - high}" width="16" height="${high}" ${rng.chance(0.6) ? 'fill="#000"' : ''}/>`
  })
  return frame(
    count * 24 + 12,
    156,
    `${body.join('')}<path d="M2 0V152H${count * 24 + 10}" stroke-width="2"/>`,
  )
}

/** Running text of several lines, which is another reader's work. */
function paragraph(face: OutlineFace, rng: Rng): string {
  const size = rng.between(0.014, 0.026)
  const width = rng.int(260, 520)
  const lines = rng.int(3, 8)
  const leading = 1000 * size * rng.between(1.2, 1.6)
  let body = ''
  for (let line = 0; line < lines; line += 1) {
    const end = line === lines - 1 ? rng.between(0.3, 1) * width : width
    let x = 0
    while (x < end - 60) {
      for (const character of rng.pick(words)) {
        const outline = face.find(character, false)
        if (!outline) continue
        body += `<path transform="translate(${x.toFixed(1)},${((line + 1) * leading).toFixed(1)}) scale(${size.toFixed(4)},${(-size).toFixed(4)})" d="${outline.d}"/>`
        x += (outline.bounds.right + 70) * size
      }
      x += 260 * size
    }
  }
  return frame(width, Math.ceil((lines + 0.4) * leading), `<g fill="#000" stroke="none">${body}</g>`)
}
