// Not loaded lazily: the library asks once, while it loads, whether it is in a browser, and what makes `html` later pretends to be one.
import tesseract, { type Worker } from 'tesseract.js'
import type { Box, Plane } from '../preprocess/pixels.ts'
import { findLanguageData, locateFile, type LanguageData } from './language-data.ts'
import type { LanguageCode } from './languages.ts'

/** A word as Tesseract saw it: its confidence in [0,1] and its box in pixels of the line that was given. */
export type SeenWord = { readonly text: string; readonly confidence: number; readonly box: Box }

/** Reads lines of words. Nothing runs before the first line, and what runs ends when it had nothing to do for a while. */
export type TextReader = {
  /** The languages whose data are at hand. */
  readonly languages: ReadonlySet<LanguageCode>
  /** One line of ink (0…1). Rejects when the reader cannot be started. */
  readLine(ink: Plane, language: LanguageCode): Promise<SeenWord[]>
  close(): Promise<void>
}

const IDLE_MS = 60_000
/** Starting takes a second or two; on a busy machine more. A worker that cannot load its data never answers. */
const START_MS = 60_000
/** English, which every page is looked at with, and the language of the last page: some 50 MB each. */
const MOST_WORKERS = 2

export function createTextReader(
  idleMs = IDLE_MS,
  data: ReadonlyMap<LanguageCode, LanguageData> = findLanguageData(),
): TextReader {
  const running = new Map<LanguageCode, Promise<Worker>>()
  let idle: NodeJS.Timeout | undefined

  async function end(language: LanguageCode): Promise<void> {
    const worker = running.get(language)
    running.delete(language)
    await worker?.then(
      (one) => one.terminate(),
      () => undefined,
    )
  }

  async function close(): Promise<void> {
    clearTimeout(idle)
    await Promise.all([...running.keys()].map(end))
  }

  async function start(language: LanguageCode): Promise<Worker> {
    const known = running.get(language)
    if (known) return known
    const [other] = [...running.keys()].filter((one) => one !== 'eng')
    if (running.size >= MOST_WORKERS && other !== undefined) await end(other)
    const worker = startWorker(language, data.get(language))
    running.set(language, worker)
    return worker
  }

  async function readLine(ink: Plane, language: LanguageCode): Promise<SeenWord[]> {
    clearTimeout(idle)
    try {
      const worker = await start(language)
      const read = await worker.recognize(encodeGrey(ink), {}, { text: false, blocks: true })
      const lines = (read.data.blocks ?? []).flatMap((block) =>
        block.paragraphs.flatMap(({ lines: all }) => all),
      )
      return lines.flatMap(({ words }) => words.map(toWord))
    } catch (error) {
      await close()
      throw error
    } finally {
      idle = setTimeout(() => void close(), idleMs)
      idle.unref()
    }
  }
  return { languages: new Set(data.keys()), readLine, close }
}

function toWord({ text, confidence, bbox }: Tesseract.Word): SeenWord {
  const box = { left: bbox.x0, top: bbox.y0, right: bbox.x1, bottom: bbox.y1 }
  return { text, confidence: Math.min(1, Math.max(0, confidence / 100)), box }
}

/** Everything comes from the disk: no download, no cache. */
async function startWorker(language: LanguageCode, data: LanguageData | undefined): Promise<Worker> {
  const workerPath = locateFile('tesseract.js/src/worker-script/node/index.js')
  if (!data || workerPath === undefined) throw new Error(`no data of the language ${language}`)
  let fail: (reason: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  const timer = setTimeout(() => fail(new Error('the text reader did not start in time')), START_MS)
  try {
    const worker = await Promise.race([
      tesseract.createWorker(language, tesseract.OEM.LSTM_ONLY, {
        workerPath,
        langPath: data.folder,
        cacheMethod: 'none',
        gzip: data.isPacked,
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
