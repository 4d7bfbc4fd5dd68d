import type { OcrResult } from '../shared/mathpix.ts'
import type { LoadedBatch, StoredRequest } from './batch-store.ts'
import { takeTurns } from './take-turns.ts'

export const keysOf = ({ images }: StoredRequest): string[] => images.map(({ key }) => key)

export const sign = (request_id: string, result: OcrResult): OcrResult => ({ request_id, ...result })

/** The answers of a batch, and how often each image without one was begun. */
export async function sortImages({ request: { images, request_id }, lines }: LoadedBatch) {
  const results = new Map<string, OcrResult>()
  const attempts = new Map<string, number>()
  const turn = takeTurns()
  for (const { key, refusal } of images) {
    if (refusal) results.set(key, sign(request_id, refusal))
    else attempts.set(key, 0)
    await turn()
  }
  for (const line of lines) {
    const count = attempts.get(line.key)
    if (count === undefined) continue
    if ('result' in line) results.set(line.key, line.result)
    else attempts.set(line.key, count + 1)
  }
  return { results, attempts }
}
