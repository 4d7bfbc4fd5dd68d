import { readCanvas, type Hypothesis } from './beam-search.ts'
import { countPieces } from './count-pieces.ts'
import { cropToInk, placeBeside } from './beside-letters.ts'
import { drawCompanion } from './companion.ts'
import {
  counted,
  isDivision,
  isEvenCross,
  readByItsLook,
  readTimes,
  type LoneSign,
} from './lone-sign-votes.ts'
import type { Look } from './looks.ts'
import type { Model } from './model.ts'

/** The letter x is read surer than this ; × between letters is taken for it where it stands alone. */
const surelyLetter = 0.975
/** How sure a sign is that is known by its pieces alone. */
const sureOfShape = 0.97
/** More pieces of ink than this are a formula that tells its own size. */
const mostPieces = 4
/** A first look that is surer than this needs no help. */
const sure = 0.9
/** The sizes at which a sign is looked at beside a letter: none tells how large it is by itself. */
const zooms = [0.55, 0.8, 1.1, 1.5, 2.1, 2.9]
/** How likely the best look and all of them together have to be. */
const [leastBest, leastTogether] = [0.85, 2]
/** Looks together from which on the best one is believed as it is. */
const enoughTogether = 2.5
const companionToken = 'x'
const companion = drawCompanion(1)

const betweenLetters = new Set(
  (
    '+ - = < > \\leq \\geq \\leqslant \\geqslant \\neq \\approx \\equiv \\sim \\simeq \\cong \\propto \\in \\ni \\notin \\subset \\supset ' +
    '\\subseteq \\supseteq \\cup \\cap \\rightarrow \\leftarrow \\leftrightarrow \\Rightarrow \\Leftarrow \\Leftrightarrow ' +
    '\\mapsto \\longrightarrow \\pm \\mp \\times \\div \\cdot \\circ \\perp \\parallel \\ll \\gg \\prec \\succ'
  ).split(' '),
)
const beforeLetters = new Set(
  '\\int \\iint \\iiint \\oint \\sum \\prod \\coprod \\forall \\exists \\nabla \\partial'.split(' '),
)

/** Letters that operators are taken for at any size, however sure the look. */
const lookAlikes = new Set(['\\Sigma', '\\Pi', '\\epsilon', '\\varepsilon'])

/**
 * Reads an operator or relation that stands alone. No formula consists of one, so that a first look sees nothing in it, or a letter of its
 * shape; between letters, or before one, the same ink is read without doubt.
 * @returns `undefined` where the ink is no such sign or the first look was sure.
 */
export async function readLoneSign(
  model: Model,
  { hypotheses: [first], source }: Look,
): Promise<LoneSign | undefined> {
  if (isDivision(source.pieces)) return { tokens: ['\\div'], probability: sureOfShape }
  // Signs were enough.
  if (!first) return undefined
  const firstProbability = first.tokens.length > 0 ? weigh(first) : 0
  const [piece] = source.pieces
  const mayBeTimes = first.tokens.join() === 'x' && firstProbability < surelyLetter
  if (mayBeTimes && model.signs && piece && source.pieces.length === 1 && isEvenCross(piece))
    return readTimes(model.signs, source)
  const isLookAlike = first.tokens.length === 1 && lookAlikes.has(first.tokens[0] ?? '')
  if (source.pieces.length > mostPieces || (firstProbability > sure && !isLookAlike)) return undefined
  // A sign of a shape of its own needs no letters beside it.
  if (isNamedSign(first.tokens) && !isLookAlike && firstProbability >= leastBest)
    return { tokens: first.tokens, probability: firstProbability }
  const best = await lookBeside(model, source)
  if (!best || best.probability < leastBest || best.together < leastTogether)
    return model.signs && readByItsLook(model.signs, source)
  if (best.probability < firstProbability && !isLookAlike) return undefined
  return { tokens: best.tokens, probability: best.probability * Math.min(1, best.together / enoughTogether) }
}

/** What most looks beside letters agree on, and how likely all of them together make it. */
async function lookBeside(
  model: Model,
  source: Look['source'],
): Promise<(LoneSign & { readonly together: number }) | undefined> {
  const found = new Map<string, LoneSign & { readonly together: number }>()
  for (const zoom of zooms) {
    const sign = cropToInk(source.redraw(zoom))
    for (const isBetween of [true, false]) {
      const { hypotheses } = await readCanvas(model, placeBeside(sign, isBetween, companion), 1)
      const [best] = hypotheses
      const tokens = best && takeOut(best.tokens, isBetween)
      if (!best || !tokens || !hasRightCount(tokens, source.pieces.length)) continue
      const key = tokens.join(' ')
      const known = found.get(key)
      const probability = Math.max(known?.probability ?? 0, weigh(best))
      found.set(key, { tokens, probability, together: (known?.together ?? 0) + weigh(best) })
    }
  }
  return [...found.values()].sort((one, other) => other.together - one.together)[0]
}

/** An operator, or a sign that no drawing is taken for. Circled ones are left out: pie charts look like them. */
function isNamedSign(tokens: readonly string[]): boolean {
  const [sign = ''] = tokens
  const isKnown = sign === '\\infty' || betweenLetters.has(sign) || beforeLetters.has(sign)
  return tokens.length === 1 && isKnown
}

function hasRightCount(tokens: readonly string[], pieces: number): boolean {
  return !counted.has(tokens[0] ?? '') || countPieces(tokens) === pieces
}

function weigh({ logProbabilities, isComplete }: Hypothesis): number {
  return isComplete ? Math.exp(logProbabilities.reduce((sum, value) => sum + value, 0)) : 0
}

/** What was read where the sign stands: an operator, or one with a sign behind it, as in `=0`. */
function takeOut(tokens: readonly string[], isBetween: boolean): readonly string[] | undefined {
  if (tokens.at(-1) !== companionToken || (isBetween && tokens[0] !== companionToken)) return undefined
  const inner = tokens.slice(isBetween ? 1 : 0, -1)
  const [operator = '', ...others] = inner
  const isKnown = beforeLetters.has(operator) || (isBetween && betweenLetters.has(operator))
  const isPlain =
    others.length === 0 || (isBetween && others.length === 1 && /^[0-9a-zA-Z]$/.test(others[0] ?? ''))
  return isKnown && isPlain ? inner : undefined
}
