import type { Evidence } from '../../engine/recognise/calibration.ts'

/** Evidence for a plain formula of ten signs that was read without doubt. */
export function createEvidence({
  pieces = 10,
  ...changes
}: Partial<Omit<Evidence, 'ink'>> & { readonly pieces?: number }): Evidence {
  return {
    logProbability: -0.02,
    leastLogProbability: -0.01,
    secondLeastLogProbability: -0.003,
    leastMargin: 5,
    tokens: 14,
    expectedPieces: 10,
    emptyLogProbability: -12,
    uprightProbability: 0.99,
    isPrinted: 0.99,
    isComplete: true,
    agreed: undefined,
    coverage: { pieces: 9, unread: 0, reread: 0 },
    aspect: 5,
    ...changes,
    ink: {
      pieces,
      glyphHeight: 24,
      canvasGlyphHeight: 16,
      dropped: 0,
      density: 0.12,
      largest: 0.1,
      stroke: 0.2,
      standing: 0.4,
    },
  }
}
