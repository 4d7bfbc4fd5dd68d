/** All right together, and the mean per word or sign. */
export function combine(segments: readonly { confidence: number; confidenceRate: number }[]): {
  confidence: number
  confidenceRate: number
} {
  const confidence = segments.reduce((product, one) => product * one.confidence, 1)
  const rates = segments.reduce((sum, one) => sum + Math.log(Math.max(1e-6, one.confidenceRate)), 0)
  return { confidence, confidenceRate: Math.exp(rates / Math.max(1, segments.length)) }
}
