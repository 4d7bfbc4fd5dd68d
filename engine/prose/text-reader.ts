import { createRequire } from 'node:module'
import path from 'node:path'
// Not loaded lazily: the library asks once, while it loads, whether it is in a browser, and what makes `html` later pretends to be one.
import tesseract, { type Worker } from 'tesseract.js'
import type { Box, Plane } from '../preprocess/pixels.ts'

/** A word as Tesseract saw it: its confidence in [0,1] and its box in pixels of the line that was given. */
type SeenWord = { readonly text: string; readonly confidence: number; readonly box: Box }

/** Reads lines of words. Nothing runs before the first line, and what runs ends when it had nothing to do for a while. */
export type TextReader = {
  /** One line of ink (0…1). Rejects when the reader cannot be started. */
  readLine(ink: Plane): Promise<SeenWord[]>
  close(): Promise<void>
}

const IDLE_MS = 60_000
/** Starting takes a second or two; on a busy machine more. A worker that cannot load its data never answers. */
const START_MS = 60_000

export function createTextReader(idleMs = IDLE_MS): TextReader {
  let starting: Promise<Worker> | undefined
  let idle: NodeJS.Timeout | undefined

  async function close(): Promise<void> {
    clearTimeout(idle)
    const running = starting
    starting = undefined
    await running?.then(
      (worker) => worker.terminate(),
      () => undefined,
    )
  }

  async function readLine(ink: Plane): Promise<SeenWord[]> {
    clearTimeout(idle)
    starting ??= startWorker()
    try {
      const worker = await starting
      const { data } = await worker.recognize(encodeGrey(ink), {}, { text: false, blocks: true })
      const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap(({ lines: all }) => all))
      return lines.flatMap(({ words }) => words.map(toWord))
    } catch (error) {
      await close()
      throw error
    } finally {
      idle = setTimeout(() => void close(), idleMs)
      idle.unref()
    }
  }
  return { readLine, close }
}

function toWord({ text, confidence, bbox }: Tesseract.Word): SeenWord {
  const box = { left: bbox.x0, top: bbox.y0, right: bbox.x1, bottom: bbox.y1 }
  return { text, confidence: Math.min(1, Math.max(0, confidence / 100)), box }
}

/** Everything comes from the packages on the disk: no download, no cache. Inside of an archive files cannot be started or opened by others. */
async function startWorker(): Promise<Worker> {
  const require = createRequire(import.meta.url)
  const locate = (name: string) =>
    require.resolve(name).replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked')
  let fail: (reason: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  const timer = setTimeout(() => fail(new Error('the text reader did not start in time')), START_MS)
  try {
    const worker = await Promise.race([
      tesseract.createWorker('eng', tesseract.OEM.LSTM_ONLY, {
        workerPath: locate('tesseract.js/src/worker-script/node/index.js'),
        langPath: path.join(path.dirname(locate('@tesseract.js-data/eng/package.json')), '4.0.0_best_int'),
        cacheMethod: 'none',
        gzip: true,
        // Without a handler the library throws where nobody can catch it.
        errorHandler: (reason: unknown) => fail(reason instanceof Error ? reason : new Error(String(reason))),
      }),
      failed,
    ])
    await worker.setParameters({
      tessedit_pageseg_mode: tesseract.PSM.SINGLE_LINE,
      // The lines are scaled already; without a number it guesses one, and complains.
      user_defined_dpi: '300',
    })
    return worker
  } finally {
    clearTimeout(timer)
    failed.catch(() => undefined)
  }
}

/** A PGM file, black on white: the least there is to encode. */
function encodeGrey({ values, width, height }: Plane): Buffer {
  const head = Buffer.from(`P5\n${String(width)} ${String(height)}\n255\n`, 'latin1')
  const body = Buffer.alloc(width * height)
  for (let at = 0; at < body.length; at += 1) body[at] = Math.round(255 * (1 - (values[at] ?? 0)))
  return Buffer.concat([head, body])
}
