import type { Region } from '../../shared/option-values.ts'
import type { TokenData } from '../../shared/token-data.ts'
import type { DrawnToken } from '../reading.ts'

/** More tokens than this are several pages of words. */
const mostTokens = 2000

/** `token_data` of a result, an extension of ours: see shared/token-data.ts. */
export function createTokenData(drawn: readonly DrawnToken[]): { token_data?: TokenData } {
  if (drawn.length === 0 || drawn.length > mostTokens) return {}
  return {
    token_data: {
      latex: drawn.map(({ token }) => token),
      confidence: drawn.map(({ confidence }) => Math.round(100 * confidence) / 100),
      position: drawn.map(({ box }) => (box ? roundOutwards(box) : null)),
    },
  }
}

function roundOutwards({ top_left_x, top_left_y, width, height }: Region): [number, number, number, number] {
  const [left, top] = [Math.max(0, Math.floor(top_left_x)), Math.max(0, Math.floor(top_left_y))]
  return [left, top, Math.ceil(top_left_x + width) - left, Math.ceil(top_left_y + height) - top]
}
