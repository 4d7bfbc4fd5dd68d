/** Formulas with this remainder are for evaluation only, whatever seed draws them: the sets are disjoint by formula. */
export function isHeldOut(label: readonly string[]): boolean {
  let hash = 2166136261
  for (const character of label.join(' '))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0
  return (hash ^ (hash >>> 15)) % 40 === 0
}
