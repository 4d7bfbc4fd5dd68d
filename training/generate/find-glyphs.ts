import { ornateLetter, plainCharacter } from './alphabets.ts'
import { measurePath } from './outlines.ts'

/** A sign of the formula and the middle of its box, in the SVG's outer coordinates. */
export type Glyph = { readonly token: string; readonly x: number; readonly y: number }

type Matrix = readonly [number, number, number, number, number, number]

const identity: Matrix = [1, 0, 0, 1, 0, 0]

const signs: Readonly<Record<string, string>> = {
  '2212': '-',
  '2211': '\\sum',
  '220F': '\\prod',
  '222B': '\\int',
  '222C': '\\iint',
  '222D': '\\iiint',
  '222E': '\\oint',
  '221A': '\\sqrt',
  '221E': '\\infty',
  '2202': '\\partial',
  '2207': '\\nabla',
  '2032': '\\prime',
  '2264': '\\leq',
  '2265': '\\geq',
  '2A7D': '\\leqslant',
  '2A7E': '\\geqslant',
  '2260': '\\neq',
  '2248': '\\approx',
  '2261': '\\equiv',
  '223C': '\\sim',
  '2245': '\\cong',
  '221D': '\\propto',
  D7: '\\times',
  F7: '\\div',
  B1: '\\pm',
  '2213': '\\mp',
  '22C5': '\\cdot',
  '2218': '\\circ',
  '2208': '\\in',
  '2209': '\\notin',
  '2282': '\\subset',
  '2286': '\\subseteq',
  '222A': '\\cup',
  '2229': '\\cap',
  '2205': '\\emptyset',
  '2200': '\\forall',
  '2203': '\\exists',
  '2227': '\\wedge',
  '2228': '\\vee',
  AC: '\\neg',
  '2192': '\\rightarrow',
  '21D2': '\\Rightarrow',
  '21D4': '\\Leftrightarrow',
  '2194': '\\leftrightarrow',
  '2026': '\\ldots',
  '22EF': '\\cdots',
  '22EE': '\\vdots',
  '22F1': '\\ddots',
  '2220': '\\angle',
  '25B3': '\\triangle',
  '22A5': '\\perp',
  '2225': '\\|',
  '2223': '|',
  '7C': '|',
  '7B': '\\{',
  '7D': '\\}',
  '2234': '\\therefore',
  '2235': '\\because',
  '25': '\\%',
  '24': '\\$',
  '2016': '\\|',
  '27F8': '\\Leftrightarrow',
  '27FA': '\\Leftrightarrow',
  '27F9': '\\Rightarrow',
  '27F6': '\\rightarrow',
  '230A': '\\lfloor',
  '230B': '\\rfloor',
  '27E8': '\\langle',
  '27E9': '\\rangle',
  '2308': '\\lceil',
  '2309': '\\rceil',
  '210F': '\\hbar',
  '5C': '\\backslash',
  '2216': '\\backslash',
  '22C3': '\\bigcup',
  '22C2': '\\bigcap',
  '2217': '*',
}

const greekNames =
  'alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon varphi chi psi omega'.split(
    ' ',
  )
const greekCapitals: Readonly<Record<number, string>> = {
  0x393: 'Gamma',
  0x394: 'Delta',
  0x398: 'Theta',
  0x39b: 'Lambda',
  0x39e: 'Xi',
  0x3a0: 'Pi',
  0x3a3: 'Sigma',
  0x3a6: 'Phi',
  0x3a8: 'Psi',
  0x3a9: 'Omega',
}
const greekVariants: Readonly<Record<string, string>> = {
  '1D716': '\\epsilon',
  '1D717': '\\vartheta',
  '1D719': '\\phi',
  '1D71A': '\\varrho',
  '1D71B': '\\varpi',
}

function nameSign(code: string): string | undefined {
  const known = signs[code] ?? greekVariants[code] ?? ornateLetter(code)
  if (known !== undefined) return known
  const plain = plainCharacter(code)
  if (!plain) return undefined
  const value = plain.character.codePointAt(0) ?? 0
  if (value >= 0x3b1 && value <= 0x3c9) return `\\${greekNames[value - 0x3b1] ?? ''}`
  const capital = greekCapitals[value]
  if (capital !== undefined) return `\\${capital}`
  return value < 128 ? plain.character : undefined
}

/** Walks an SVG of MathJax (restyled or not) and tells where each sign stands. */
export function findGlyphs(svg: string): Glyph[] {
  const glyphs: Glyph[] = []
  const stack: Matrix[] = [identity]
  let nested = 0
  for (const [, slash, name = '', attributes = '', isEmpty] of svg.matchAll(
    /<(\/?)([a-z]+)((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>/g,
  )) {
    if (name === 'svg') nested += slash ? -1 : isEmpty ? 0 : 1
    if (slash) {
      if (name === 'g' || name === 'path') stack.pop()
      continue
    }
    if (name !== 'g' && name !== 'path') continue
    const transform = / transform="([^"]*)"/.exec(attributes)?.[1]
    const matrix = multiply(stack.at(-1) ?? identity, parseTransform(transform))
    const code = / data-c="([^"]*)"/.exec(attributes)?.[1]
    // Inner svg elements hold the pieces of stretched signs, in coordinates of their own.
    if (code !== undefined && nested === 1) {
      const middle = readMiddle(attributes)
      const token = nameSign(code)
      if (token !== undefined && middle) {
        const [a, b, c, d, e, f] = matrix
        glyphs.push({ token, x: a * middle[0] + c * middle[1] + e, y: b * middle[0] + d * middle[1] + f })
      }
    }
    if (!isEmpty) stack.push(matrix)
  }
  return glyphs
}

function readMiddle(attributes: string): readonly [number, number] | undefined {
  const x = / data-x="([^"]*)"/.exec(attributes)?.[1]
  const y = / data-y="([^"]*)"/.exec(attributes)?.[1]
  if (x !== undefined && y !== undefined) return [Number(x), Number(y)]
  const d = / d="([^"]*)"/.exec(attributes)?.[1]
  if (d === undefined) return undefined
  const box = measurePath(d)
  return Number.isFinite(box.left) ? [(box.left + box.right) / 2, (box.bottom + box.top) / 2] : undefined
}

function parseTransform(text: string | undefined): Matrix {
  let matrix = identity
  for (const [, name, list = ''] of (text ?? '').matchAll(/([a-z]+)\(([^)]*)\)/g)) {
    const [one = 0, two, ...rest] = list.split(/[\s,]+/).map(Number)
    if (name === 'translate') matrix = multiply(matrix, [1, 0, 0, 1, one, two ?? 0])
    else if (name === 'scale') matrix = multiply(matrix, [one, 0, 0, two ?? one, 0, 0])
    else if (name === 'matrix') {
      const [c = 0, d = 1, e = 0, f = 0] = rest
      matrix = multiply(matrix, [one, two ?? 0, c, d, e, f])
    }
  }
  return matrix
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}
