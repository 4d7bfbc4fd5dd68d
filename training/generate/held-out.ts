/** Marks before the end of a cell, a line or everything. */
const endMarks = /(?: [.,;])+(?= & | \\\\(?: |$)| \\end|$)/g

/**
 * Formulas with this remainder are for evaluation only, whatever seed draws them: the sets are disjoint by formula. Marks at the ends of lines
 * and cells make no other formula of one.
 */
export function isHeldOut(label: readonly string[]): boolean {
  let hash = 2166136261
  const bare = label.join(' ').replaceAll(endMarks, '')
  for (const character of bare) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0
  return (hash ^ (hash >>> 15)) % 40 === 0
}
