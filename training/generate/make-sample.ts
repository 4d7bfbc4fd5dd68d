import { prepareImage } from '../../engine/preprocess/preprocess.ts'
import type { Canvas } from '../../engine/preprocess/pixels.ts'
import type { Pixels } from '../../node/images/pixels.ts'
import type { Sheet } from '../../engine/preprocess/scale.ts'
import type { Turn } from '../../engine/preprocess/turn.ts'
import { bookFaces, handFaces, mathFaces, mathOutlineFaces, textFaces } from '../faces.ts'
import { addLeftRight, joinCompact } from '../../shared/latex/write.ts'
import type { Formula } from './grammar/formula.ts'
import { findGlyphs } from './find-glyphs.ts'
import { findSigns } from './signs/find-signs.ts'
import { joinBrackets, loosenLayout } from './signs/loosen-layout.ts'
import { createGlyphNames, type NameGlyph } from './signs/name-glyphs.ts'
import type { DrawnSign } from './signs/sign-collector.ts'
import { chooseWriter } from './signs/writer.ts'
import type { Hands } from './signs/written-strokes.ts'
import { loadBookFace, loadMathFace, loadOutlineFace, type OutlineFace } from './outlines.ts'
import { choosePenLetters } from './pen-letters.ts'
import { layOnPaper, photograph, type InkImage } from './photograph.ts'
import { rasteriseSvg } from './rasterise.ts'
import { restyleSvg, type Restyling } from './restyle.ts'
import type { Rng } from './rng.ts'
import { isSpelled } from './spelled.ts'
import { createTypesetter, type Typesetter } from './typeset.ts'

/** `written`: signs as people really wrote them, for studios that have their hands. */
export type Style = 'math' | 'text' | 'hand' | 'written'
type Sample = {
  readonly canvas: Canvas
  readonly formula: Formula
  readonly style: Style
  readonly isPhoto: boolean
  /** Signs and the canvas pixel at their middle. */
  readonly glyphs: readonly { token: string; x: number; y: number }[]
  /** All signs with their ink on the canvas; `undefined` where one of them has no name, and for a turned picture. */
  readonly signs: readonly DrawnSign[] | undefined
  /** What was typeset, and the drawing that the signs are from, in their order. */
  readonly source: string
  readonly svg: string
}

export type Studio = {
  /** What glyphs are called, for whoever reads the drawing of a sample. */
  readonly nameGlyph: NameGlyph
  /** Draws a formula's picture as a camera or a screen gives it; `undefined` when it cannot be typeset. */
  draw: (formula: Formula, style: Style, isPhoto: boolean, rng: Rng) => Pixels | undefined
  /** The same as the model's canvas, turned clockwise, on the sheet of formulas unless another is given; `undefined` also when nothing legible is left. A turned one names no signs. */
  make: (
    formula: Formula,
    style: Style,
    isPhoto: boolean,
    rng: Rng,
    how?: { readonly turn?: Turn; readonly sheet?: Sheet },
  ) => Sample | undefined
}

const maximumPixels = 260_000
/** So many of a hundred pictures in math typefaces for each complete outline face. */
const shareOfComplete = 7.5

/** Loads all faces once. `further` math faces are drawn with besides those of the npm registry; `hands` write what is `written`. */
export async function openStudio(further: readonly OutlineFace[] = [], hands?: Hands): Promise<Studio> {
  const typesetters: Typesetter[] = []
  for (const face of mathFaces) typesetters.push(await createTypesetter(face))
  const text = textFaces.map((name) => loadOutlineFace(name))
  const hand = handFaces.map((name) => loadOutlineFace(name))
  const complete = [...mathOutlineFaces.map((name) => loadMathFace(name)), ...further]
  const completeShare = shareOfComplete * complete.length
  const [signs = complete[0]] = complete
  const books = signs ? bookFaces.map((name) => loadBookFace(name, signs)) : []
  let neighbour: InkImage | undefined
  const [firstTypesetter] = typesetters
  if (!firstTypesetter) throw new Error('No math typeface')
  const nameGlyph = createGlyphNames(firstTypesetter)
  const write = (svg: string, hands: Hands, rng: Rng): string => {
    const writer = chooseWriter(hands, rng)
    const loose = rng.chance(0.15) ? 0 : rng.between(0.2, 1.3)
    return restyleSvg(
      loosenLayout(joinBrackets(svg), loose, rng),
      {
        face: rng.pick(hand),
        wobble: rng.between(0.1, 0.8),
        boldness: rng.chance(0.15) ? rng.between(80, 130) : rng.between(30, 80),
        usesPen: true,
        slant: rng.normal() * 4,
        writer: (code, place, rng) => {
          const name = nameGlyph(code)
          return name?.count === 1 ? writer(name, place, rng) : undefined
        },
      },
      rng,
    )
  }
  const picture = (formula: Formula, style: Style, isPhoto: boolean, rng: Rng) => {
    if (style !== 'math' && isSpelled(formula.label)) return undefined
    const source = styleSource(formula, rng)
    const svg = rng.pick(typesetters)(source, rng.chance(0.8))
    if (svg === undefined) return undefined
    if (style === 'written' && !hands) throw new Error('No hands to write with')
    const face =
      style === 'math'
        ? rng.weighted<OutlineFace | undefined>([
            [77 - completeShare, undefined],
            [completeShare, rng.pick(complete)],
            [23, rng.pick(books)],
          ])
        : rng.pick(style === 'text' ? text : hand)
    const restyled =
      style === 'written' && hands
        ? write(svg, hands, rng)
        : restyleSvg(svg, chooseStyling(style, face, rng), rng)
    const figureHeight = rng.chance(0.2)
      ? rng.between(10, 17)
      : rng.between(17, isPhoto ? (rng.chance(0.15) ? 60 : 42) : 34)
    const ink =
      rasteriseSvg(restyled, figureHeight, maximumPixels) ?? rasteriseSvg(restyled, 15, maximumPixels)
    if (!ink) return undefined
    const taken = isPhoto
      ? photograph(ink, neighbour, style === 'hand' || style === 'written', rng)
      : layOnPaper(ink, rng)
    if (ink.width < 500) neighbour = ink
    return { ...taken, source, restyled, ink }
  }
  const draw: Studio['draw'] = (...how) => picture(...how)?.pixels
  const make: Studio['make'] = (formula, style, isPhoto, rng, { turn = 0, sheet } = {}) => {
    const taken = picture(formula, style, isPhoto, rng)
    if (!taken) return undefined
    const prepared = prepareImage(taken.pixels, { turn })
    if (prepared.kind === 'blank') return undefined
    const canvas = sheet ? prepared.redraw(1, sheet) : prepared.canvas
    const toCanvas = (x: number, y: number) => prepared.toCanvas(x, y, sheet)
    const found = turn === 0 ? findGlyphs(taken.restyled) : []
    const glyphs = found.map(({ token, x, y }) => {
      const [canvasX, canvasY] = toCanvas(...taken.place(...taken.ink.place(x, y)))
      return { token, x: canvasX, y: canvasY }
    })
    const toPlace = (x: number, y: number) => toCanvas(...taken.place(...taken.ink.place(x, y)))
    const { signs, unknown } =
      turn === 0 ? findSigns(taken.restyled, nameGlyph) : { signs: [], unknown: ['turned'] }
    return {
      canvas,
      formula,
      style,
      isPhoto,
      glyphs,
      source: taken.source,
      svg: taken.restyled,
      signs: unknown.length === 0 ? signs.map((sign) => carrySign(sign, toPlace)) : undefined,
    }
  }
  return { nameGlyph, draw, make }
}

/** A sign on another plane: the box around where its corners went. */
function carrySign(sign: DrawnSign, toPlace: (x: number, y: number) => readonly [number, number]): DrawnSign {
  const [left, top, right, bottom] = sign.box
  const corners = [toPlace(left, top), toPlace(right, top), toPlace(left, bottom), toPlace(right, bottom)]
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  return {
    ...sign,
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    anchor: toPlace(...sign.anchor),
  }
}

/** Free choices of layout that the label does not tell. */
function styleSource(formula: Formula, rng: Rng): string {
  const { source, label } = formula
  const isTall = /\\(?:frac|sum|int|begin|binom|prod)/.test(source)
  // The label written with \left and \right shows tall brackets; the source itself shows plain ones.
  const needsStyled = isTall && /[([{|]/.test(source) && !source.includes('\\ro') && rng.chance(0.85)
  if (!needsStyled) return rng.chance(0.1) ? source.replaceAll('\\frac', '\\dfrac') : source
  const spaced = joinCompact(addLeftRight(label)).replace(/ d (?=[a-z])/g, '\\, d ')
  const ending = /[.,;]\s*$/.exec(source)
  return `${spaced}${ending && !/[.,;]$/.test(spaced) ? ending[0] : ''}`
}

function chooseStyling(style: Style, face: OutlineFace | undefined, rng: Rng): Restyling {
  if (style === 'hand') {
    const hasMarker = rng.chance(0.14)
    return {
      ...(face ? { face } : {}),
      wobble: rng.between(0.3, 1.5),
      boldness: hasMarker ? rng.between(60, 120) : rng.chance(0.5) ? rng.between(0, 20) : rng.between(0, 70),
      usesPen: rng.chance(0.8),
      slant: rng.chance(0.6) ? rng.normal() * 3 : rng.between(-14, 14),
      ...(rng.chance(0.45) ? { penLetters: choosePenLetters(rng.between(0.2, 1), rng) } : {}),
    }
  }
  return {
    ...(face ? { face } : {}),
    wobble: 0,
    boldness: rng.chance(0.55) ? 0 : rng.between(0, 45),
    usesPen: false,
  }
}

export function sampleStyle(rng: Rng): Style {
  return rng.weighted([
    [47, 'math'],
    [18, 'text'],
    [35, 'hand'],
  ])
}
