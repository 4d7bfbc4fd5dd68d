import { nameDrawn } from '../../../shared/latex/drawn-tokens.ts'
import type { ShownToken } from '../../stores/tokens.ts'

/** `5, 54 % sure`; never surer than it is. */
export function describeDoubt({ latex, confidence }: ShownToken): string {
  return `${nameDrawn(latex)}, ${String(Math.floor(100 * confidence + 1e-9))} % sure`
}
