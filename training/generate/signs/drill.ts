import { vocabulary } from '../../vocabulary.ts'
import type { Formula } from '../grammar/formula.ts'
import type { Rng } from '../rng.ts'

const words = (list: string): readonly string[] => list.split(' ')

/** What is no sign of its own, or not without something around it. */
const structural = new Set(
  words(
    String.raw`\\ \begin{array} \end{array} \hline \frac \binom \sqrt \longdiv \overset \underset \stackrel \cancel \boxed \text \operatorname \mathrm \mathbf \mathbb \mathcal \mathfrak \tag \quad \bmod \not \xrightarrow \xleftarrow \_ \~ \& \$ \#`,
  ),
)
const accents = words(
  String.raw`\bar \overline \underline \hat \widehat \tilde \widetilde \vec \overrightarrow \overleftarrow \dot \ddot \dddot \breve \check \acute \grave`,
)
const signs = vocabulary.filter(
  (token) =>
    /^\\[a-zA-Z{}|%]+$|^[^<&^_~"' @{}\\]$/.test(token) &&
    !/^\\(?:left|right)[^a-z]/.test(token) &&
    !/^\\(?:left|right|over|under)(?:brace)?$/.test(token) &&
    !structural.has(token) &&
    !accents.includes(token) &&
    !/^\\over|^\\under/.test(token),
)
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const smallLetters = [...'abcdefghijklmnopqrstuvwxyz']

const opening = ['(', '[', '\\{', '|', '\\|', '\\langle'].map((sign) => `\\left${sign}`)
const closing = [')', ']', '\\}', '|', '\\|', '\\rangle'].map((sign) => `\\right${sign}`)

/** Signs in a row that mean nothing: every sign of the vocabulary, in every alphabet, as often as any other. */
export function sampleDrill(rng: Rng): Formula {
  const label = rng.weighted([
    [24, () => drawBrackets(rng)],
    [14, () => drawBraces(rng)],
    [62, () => drawRow(rng)],
  ])()
  return { source: label.join(' '), label, category: 'drill' }
}

/** A pair of brackets around something tall: their shapes change with their height. */
function drawBrackets(rng: Rng): string[] {
  const at = rng.int(0, opening.length - 1)
  const around = (inner: readonly string[]) => [opening[at] ?? '', ...inner, closing[at] ?? '']
  const rows = rng.int(1, 5)
  if (rows === 1) return around(['\\frac', '{', ...drawItem(rng), '}', '{', ...drawItem(rng), '}'])
  const columns = rng.int(1, 3)
  const cells = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => drawItem(rng)).flatMap((cell, index) =>
      index === 0 ? cell : ['&', ...cell],
    ),
  )
  const body = cells.flatMap((row, index) => (index === 0 ? row : ['\\\\', ...row]))
  return around([
    '\\begin{array}',
    '{',
    ...Array.from({ length: columns }, () => 'c'),
    '}',
    ...body,
    '\\end{array}',
  ])
}

/** Braces over and under parts of a row, most with a label. */
function drawBraces(rng: Rng): string[] {
  const brace = rng.chance(0.65)
    ? { command: '\\underbrace', script: '_' }
    : { command: '\\overbrace', script: '^' }
  const inner = Array.from({ length: rng.int(1, 6) }, () => drawItem(rng)).flat()
  const letters = Array.from({ length: rng.int(2, 7) }, () => rng.pick(smallLetters))
  const name = rng.chance(0.4) ? ['\\text', '{', ...letters, '}'] : [...drawItem(rng), ...drawItem(rng)]
  const around = [
    brace.command,
    '{',
    ...inner,
    '}',
    ...(rng.chance(0.85) ? [brace.script, '{', ...name, '}'] : []),
  ]
  const [before, after] = [0.5, 0.6].map((share) => (rng.chance(share) ? drawRow(rng) : []))
  return [...(before ?? []), ...around, ...(after ?? [])]
}

function drawRow(rng: Rng): string[] {
  const label: string[] = []
  for (let left = rng.int(3, 12); left > 0; left -= 1) {
    label.push(...drawItem(rng))
    if (rng.chance(0.25)) label.push(rng.pick(['_', '^']), '{', ...drawItem(rng), '}')
  }
  return label
}

function drawItem(rng: Rng): string[] {
  const kind = rng.next()
  if (kind < 0.62) return [rng.pick(signs)]
  if (kind < 0.74) return ['\\mathcal', '{', rng.pick(capitals), '}']
  if (kind < 0.8) return ['\\mathbb', '{', rng.pick(capitals), '}']
  if (kind < 0.86) return ['\\mathfrak', '{', rng.pick(rng.chance(0.5) ? capitals : smallLetters), '}']
  if (kind < 0.92) return ['\\mathbf', '{', rng.pick(rng.chance(0.5) ? capitals : smallLetters), '}']
  return [rng.pick(accents), '{', rng.pick(smallLetters), '}']
}
