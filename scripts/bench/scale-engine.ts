// The engine's own HTTP server with a stub in place of recognition, and a host for the images: one process of the scale bench.
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { Transformer } from '@napi-rs/image'
import type { OcrResult } from '../../shared/mathpix.ts'
import type { ImageRecogniser } from '../../engine/image-recogniser.ts'
import { startEngine } from '../../engine/start-engine.ts'

/** From the bench: how many images may be answered in all from now on. */
export type EngineOrder = { readonly allow: number }
/** To the bench: where to reach it, and when the last allowed image had its result (ms since 1970). */
export type EngineReport =
  | { readonly kind: 'listening'; readonly baseUrl: string; readonly images: string }
  | { readonly kind: 'answered'; readonly images: number; readonly at: number }

const report = (message: EngineReport) => process.send?.(message)

let allowed = 0
let begun = 0
let answered = 0
let waiting: (() => void)[] = []

process.on('message', ({ allow }: EngineOrder) => {
  allowed = allow
  for (const go of waiting.splice(0)) go()
})

/** As long as a usual answer. */
const RESULT: OcrResult = {
  version: 'stub',
  latex_styled: '\\lim _{x \\rightarrow 3}\\left(\\frac{x^{2}+9}{x-3}\\right)',
  text: '\\( \\lim _{x \\rightarrow 3}\\left(\\frac{x^{2}+9}{x-3}\\right) \\)',
  latex_confidence: 0.98,
  latex_confidence_rate: 0.999,
  position: { top_left_x: 54, top_left_y: 9, width: 591, height: 279 },
  detection_map: { is_blank: 0, is_inverted: 0, is_printed: 1 },
  detection_list: ['is_printed'],
  image_width: 720,
  image_height: 288,
}

const recogniser: ImageRecogniser = {
  size: 2,
  async recognise() {
    const number = (begun += 1)
    while (number > allowed) await new Promise<void>((resolve) => waiting.push(resolve))
    answered += 1
    if (answered === allowed) report({ kind: 'answered', images: answered, at: Date.now() })
    return RESULT
  },
  close() {
    allowed = Infinity
    for (const go of waiting) go()
    waiting = []
    return Promise.resolve()
  },
}

/** Every address is another image to the app; what is in it does not matter. */
const PICTURE = await Transformer.fromRgbaPixels(Buffer.alloc(16 * 8 * 4, 255), 16, 8).png()

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-scale-engine-'))
const images = http.createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE)
})
await new Promise<void>((resolve) => images.listen(0, '127.0.0.1', resolve))
const engine = await startEngine({
  dataDir: data,
  port: 0,
  credentials: { app_id: 'bench', app_key: 'bench' },
  isPublic: false,
  recogniser,
  log: () => undefined,
})
process.on('disconnect', () => {
  void engine.close().then(() => {
    fs.rmSync(data, { recursive: true, force: true })
    process.exit()
  })
})
report({
  kind: 'listening',
  baseUrl: `http://127.0.0.1:${String(engine.port)}`,
  images: `http://127.0.0.1:${String((images.address() as AddressInfo).port)}`,
})
