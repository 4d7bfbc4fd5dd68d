import { replaceInLatex } from '../../../shared/latex/find-in-latex.ts'
import type { FindReply, FindRequest } from './find-worker.ts'

/** A pattern can take longer than anybody waits. */
const MOST_MS = 2000

/**
 * What becomes of each source. Patterns run in a thread of their own, which is ended after two seconds: then the answer is `too_slow`. Aborting ends it at once, without an
 * answer.
 */
export async function findInAll(request: FindRequest, signal: AbortSignal): Promise<FindReply | 'too_slow'> {
  const { sources, search } = request
  if (search.mode !== 'pattern') return sources.map((latex) => replaceInLatex(latex, search))
  const worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      worker.terminate()
    }
    const timer = setTimeout(() => {
      end()
      resolve('too_slow')
    }, MOST_MS)
    signal.addEventListener('abort', end, { once: true })
    worker.addEventListener('message', ({ data }: MessageEvent<FindReply>) => {
      end()
      resolve(data)
    })
    worker.postMessage(request)
  })
}
