import { dropEndMarks } from '../../shared/latex/end-marks.ts'
import { dropFrame } from './frame.ts'

/**
 * Formulas with this remainder are for evaluation only, whatever seed draws them: the sets are disjoint by formula. Marks at the ends of lines
 * and cells and a frame around it make no other formula of one.
 */
export function isHeldOut(label: readonly string[]): boolean {
  let hash = 2166136261
  for (const character of dropEndMarks(dropFrame(label)).join(' '))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0
  return (hash ^ (hash >>> 15)) % 40 === 0
}
