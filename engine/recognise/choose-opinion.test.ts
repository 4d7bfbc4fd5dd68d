import { describe, expect, it } from 'vitest'
import { choiceMeasures, listChoiceMeasures, rankOpinions, type Opinion } from './choose-opinion.ts'

const coverage = { pieces: 1, unread: 0, reread: 0 }
const byDecoder: Opinion = {
  tokens: ['x'],
  voteShare: 0,
  hypothesis: { tokens: ['x'], logProbabilities: [-2, -1], isComplete: true, leastMargin: 0.2, coverage },
}
const bySigns: Opinion = {
  tokens: ['z'],
  voteShare: 1,
  vote: {
    key: 'z',
    votes: 3,
    reading: {
      tokens: ['z'],
      signs: [],
      strays: [],
      logProbability: -0.1,
      leastLogProbability: -0.1,
      leastPresence: 0.9,
      zoom: 1,
      coverage,
    },
  },
}

describe('rankOpinions', () => {
  it('believes the decoder where nothing was fitted', () => {
    expect(rankOpinions([bySigns, byDecoder], 1)[0]).toBe(byDecoder)
  })

  it('believes whoever the weights speak for', () => {
    expect(rankOpinions([byDecoder, bySigns], 1, { signVotes: 2, decoderGives: 1 })[0]).toBe(bySigns)
    expect(rankOpinions([byDecoder, bySigns], 1, { signVotes: 1, decoderGives: 2 })[0]).toBe(byDecoder)
  })
})

describe('listChoiceMeasures', () => {
  it('is finite for whatever is unknown', () => {
    for (const opinion of [byDecoder, bySigns, { tokens: [], voteShare: 0 }]) {
      const values = listChoiceMeasures(opinion, 0.5)
      expect(values).toHaveLength(choiceMeasures.length)
      expect(values.every(Number.isFinite)).toBe(true)
    }
  })
})
