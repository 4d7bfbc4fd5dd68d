import { alignTokens } from '../../shared/latex/align-tokens.ts'
import { findDrawn, nameDrawn } from '../../shared/latex/drawn-tokens.ts'
import { joinBoxes } from '../preprocess/boxes.ts'
import type { Box } from '../preprocess/pixels.ts'
import { signSheet } from '../preprocess/scale.ts'
import type { Hypothesis } from './beam-search.ts'
import type { Opinion } from './choose-opinion.ts'
import type { InkSource } from './ink-source.ts'
import type { SignVote, SignVotes } from './sign-votes.ts'
import { judgeSign } from './structure/read-signs.ts'
import { traceSigns } from './structure/trace-tokens.ts'

/** A token that is drawn: its place in the reading, how sure it is, 0…1, and where its ink lies, as `InkSource.locate` tells. */
export type PlacedToken = { readonly at: number; readonly confidence: number; readonly box?: Box }

/**
 * What is known of each drawn token of a reading. Its confidence is how sure those are that say the same, as a geometric mean, times the
 * root of their share among all readings. Boxes come from the signs.
 * @param opinions all different readings of the ink
 * @param votes a look at its signs, for where none of them comes from signs
 */
export function placeTokens(
  opinion: Opinion,
  opinions: readonly Opinion[],
  source: InkSource,
  votes?: SignVotes,
): PlacedToken[] {
  const tokens = opinion.tokens.map(nameDrawn)
  const all = [opinion, ...opinions.filter((one) => one !== opinion)]
  const partners = all.map((one) => alignTokens(tokens, one.tokens.map(nameDrawn)))
  const decoded = judgeDecoded(tokens, all.find(({ hypothesis }) => hypothesis)?.hypothesis)
  const vote = all.find((one) => one.vote)?.vote ?? votes?.readings[0]
  const seen = vote ? judgeSeen(tokens, vote, source) : []
  return findDrawn(tokens).map((at) => {
    const said = [decoded[at], seen[at]?.logProbability].filter((one) => one !== undefined)
    const mean = said.reduce((sum, one) => sum + one, 0) / Math.max(1, said.length)
    const share = partners.filter((one) => one[at] !== -1).length / all.length
    const box = seen[at]?.box
    return { at, confidence: Math.sqrt(share) * Math.exp(mean), ...(box ? { box } : {}) }
  })
}

/** Log-probability of each drawn token that the decoder reads too. A mark of structure counts for the token behind it. */
function judgeDecoded(
  tokens: readonly string[],
  hypothesis: Hypothesis | undefined,
): readonly (number | undefined)[] {
  if (!hypothesis) return []
  const partners = alignTokens(tokens, hypothesis.tokens.map(nameDrawn))
  const judged: (number | undefined)[] = []
  let from = 0
  for (const at of findDrawn(tokens)) {
    const own = partners.slice(from, at + 1)
    if (!own.includes(-1))
      judged[at] = own.reduce((sum, partner) => sum + (hypothesis.logProbabilities[partner] ?? 0), 0)
    from = at + 1
  }
  return judged
}

type Seen = { readonly logProbability: number | undefined; readonly box?: Box }

/** What the reading of signs says of each token, where it says the same, and where it sees it. */
function judgeSeen(tokens: readonly string[], { reading }: SignVote, source: InkSource): Seen[] {
  return traceSigns(tokens, reading.signs).map(({ signs, isSame }) => {
    const found = signs.flatMap((at) => reading.signs[at] ?? [])
    const logProbability = isSame ? found.reduce((sum, sign) => sum + judgeSign(sign), 0) : undefined
    if (found.length === 0) return { logProbability }
    const boxes = found.map(({ box: [left, top, right, bottom] }) => ({ left, top, right, bottom }))
    return { logProbability, box: source.locate(joinBoxes(boxes), reading.zoom, signSheet) }
  })
}
