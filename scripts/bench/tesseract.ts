import { createRequire } from 'node:module'
import path from 'node:path'
import tesseract from 'tesseract.js'
import type { Latency } from './engine.ts'
import { quantile } from './statistics.ts'

/** tesseract.js on the same files, for scale: a warm worker, one image after the other. It reads their letters, not their structure. */
export async function timeTesseract(files: readonly string[]): Promise<Latency> {
  const data = path.dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'))
  const worker = await tesseract.createWorker('eng', tesseract.OEM.LSTM_ONLY, {
    langPath: path.join(data, '4.0.0_best_int'),
    cacheMethod: 'none',
  })
  try {
    const [first = ''] = files
    await worker.recognize(first)
    const times: number[] = []
    for (const file of files) {
      const before = performance.now()
      await worker.recognize(file)
      times.push(performance.now() - before)
    }
    return { images: files.length, p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
  } finally {
    await worker.terminate()
  }
}
