/** Measured on held-out generated images (`npm run eval`): see the reliability table in the model card. */
const sharpness = 1

/** Turns the product of token probabilities into the share of such readings that are right. */
export function calibrate(product: number): number {
  return Math.min(1, Math.max(0, product ** sharpness))
}
