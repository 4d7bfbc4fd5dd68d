/** A formula as KaTeX takes it, and where a place of it stood in what was written. */
export type Spelled = { readonly latex: string; readonly toSource: (position: number) => number }

/** Environments of LaTeX under the name of the one that KaTeX draws in the same way, or nearly so. */
const environments: ReadonlyMap<string, string> = new Map([
  ['eqnarray', '\\begin{array}{rcl}'],
  ['multline', '\\begin{gathered}'],
  ['flalign', '\\begin{aligned}'],
])
const mark = /\\(begin|end)(\s*)\{(eqnarray|multline|flalign)\*?\}/g
const repeated = /\*\s*\{\s*(\d{1,3})\s*\}\s*\{([lcr|\s]*)\}/g
const columns = /(\\begin\s*\{(?:array|subarray|tabular)\}\s*(?:\[\w\]\s*)?)\{((?:[^{}]|\{[^{}]*\})*)\}/g

/** More columns than KaTeX is asked to draw. */
const MOST_COLUMNS = 100

type Piece = { readonly from: number; readonly to: number; readonly text: string }

/** Spells what KaTeX does not know in what it knows: `{*{3}{c}}`, `eqnarray`, `multline`, `flalign`. */
export function spellForKatex(source: string): Spelled {
  const pieces = [...listEnvironments(source), ...listColumns(source)].sort((a, b) => a.from - b.from)
  if (pieces.length === 0) return { latex: source, toSource: (position) => position }
  let latex = ''
  let end = 0
  for (const { from, to, text } of pieces) {
    latex += source.slice(end, from) + text
    end = to
  }
  return { latex: latex + source.slice(end), toSource: (position) => findPlace(pieces, position) }
}

function listEnvironments(source: string): Piece[] {
  return [...source.matchAll(mark)].map((match) => {
    const begin = environments.get(match[3] ?? '') ?? ''
    const text = match[1] === 'begin' ? begin : begin.replace('begin', 'end').replace('{rcl}', '')
    return { from: match.index, to: match.index + match[0].length, text }
  })
}

function listColumns(source: string): Piece[] {
  return [...source.matchAll(columns)].flatMap((match) => {
    const [whole, head = '', given = ''] = match
    const text = given.replace(repeated, (kept, count: string, column: string) =>
      Number(count) * column.length > MOST_COLUMNS ? kept : column.repeat(Number(count)),
    )
    if (text === given) return []
    const from = match.index + head.length
    return [{ from, to: match.index + whole.length, text: `{${text}}` }]
  })
}

/** A place inside of what was spelled anew is that of its beginning. */
function findPlace(pieces: readonly Piece[], position: number): number {
  let shift = 0
  for (const { from, to, text } of pieces) {
    const start = from + shift
    if (position < start) break
    if (position < start + text.length) return from
    shift += text.length - (to - from)
  }
  return position - shift
}
