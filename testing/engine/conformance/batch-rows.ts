import { expect } from 'vitest'
import { createFixtureImage } from '../fixture-recogniser.ts'
import { startImageHost } from '../image-host.ts'
import type { Json, TestEngine } from '../test-engine.ts'
import { toDataUri } from './pictures.ts'
import { refuses, shows, type ParameterRow } from './rows.ts'
import { catchCallback } from './shared-rows.ts'

async function runBatch(engine: TestEngine, body: Json): Promise<Json> {
  const { body: accepted } = await engine.post('/v3/batch', body)
  return engine.finish(accepted['batch_id'])
}

const x = toDataUri('x^2')
const latex = { latex: 'x ^ { 2 }' }
const text = { text: '\\( x^{2} \\)' }

export const batchRows: readonly ParameterRow[] = [
  {
    name: '`urls`: address',
    note: 'fetched behind the answer, http and https only',
    proofs: [
      shows(async (engine) => {
        const host = await startImageHost({ '/a.png': createFixtureImage('x^2') })
        expect(await runBatch(engine, { urls: { a: host.url('/a.png') } })).toMatchObject({ a: latex })
        await host.close()
      }),
      refuses('`urls` missing', { urls: undefined }, 'image_missing'),
      refuses('`urls` empty', { urls: {} }, 'image_missing'),
      refuses('`urls` as an array', { urls: [x] }, 'image_missing'),
    ],
  },
  {
    name: '`urls`: data URI',
    note: 'up to 2 MB of base64',
    proofs: [
      shows(async (engine) => expect(await runBatch(engine, { urls: { a: x } })).toMatchObject({ a: latex })),
    ],
  },
  {
    name: '`urls`: object with `url`',
    note: 'with options of this image, each replacing the one at the top whole. An entry without a usable address is `image_missing` at its key',
    proofs: [
      shows(async (engine) => {
        const urls = { a: { url: x, formats: ['asciimath'] }, b: { formats: ['asciimath'] }, c: x, d: 7 }
        expect(await runBatch(engine, { urls, formats: ['latex_styled'] })).toMatchObject({
          a: { asciimath: 'x^(2)' },
          b: { error_info: { id: 'image_missing' } },
          c: { latex_styled: 'x ^ { 2 }' },
          d: { error_info: { id: 'image_missing' } },
        })
      }),
    ],
  },
  {
    name: '`ocr_behavior`',
    note: 'for all and for one image; `latex` when absent',
    proofs: [
      shows(async (engine) => {
        const urls = { a: x, b: { url: x, ocr_behavior: 'latex' } }
        expect(await runBatch(engine, { urls, ocr_behavior: 'text' })).toMatchObject({ a: text, b: latex })
        expect(await runBatch(engine, { urls })).toMatchObject({ a: latex, b: latex })
      }),
      refuses('any other', { ocr_behavior: 'pdf' }, 'opts_value_out_of_range'),
    ],
  },
  {
    name: '`callback`',
    note: 'when all images are answered: one POST of `reply` with `batch_id`, `result` and the members of `body`, with the `headers`; 10 s, no second attempt',
    proofs: [
      shows(async (engine) => {
        const posted = await catchCallback((callback) =>
          engine.post('/v3/batch', {
            urls: { a: x },
            callback: { ...callback, reply: { job: '1' }, body: { more: true } },
          }),
        )
        expect(posted).toMatchObject({
          reply: { job: '1', batch_id: expect.any(String) as string },
          result: { a: latex },
          more: true,
          headers: { authorization: 'Bearer XYZ' },
        })
      }),
      refuses('no `post`', { callback: {} }, 'opts_bad_callback'),
    ],
  },
  {
    name: 'every parameter of v3/latex and v3/text',
    note: 'as in the tables below, at the top for all images or in an image’s object. A fault at the top refuses the POST, one in an image’s object stands at its key',
    proofs: [
      shows(async (engine) => {
        const urls = { a: { url: x, beam_size: 11 }, b: x }
        expect(await runBatch(engine, { urls })).toMatchObject({
          a: { error_info: { id: 'opts_value_out_of_range' } },
          b: latex,
        })
      }),
      refuses('a fault at the top', { beam_size: 11 }, 'opts_value_out_of_range'),
    ],
  },
]
