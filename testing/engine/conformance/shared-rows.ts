import { expect } from 'vitest'
import { createFixtureImage, SIDEWAYS } from '../fixture-recogniser.ts'
import { startImageHost } from '../image-host.ts'
import type { Json } from '../test-engine.ts'
import { toDataUri } from './pictures.ts'
import { changes, nothing, refuses, shows, type ParameterRow } from './rows.ts'

type Behavior = 'latex' | 'text'

/** Two lines of marks, black above blue. */
const TWO_LINES = {
  marks: [
    { top: 40, colour: '#111' },
    { top: 220, colour: '#1a3fd0' },
  ],
} as const

const lowerHalf = { top_left_x: 0, top_left_y: 150, width: 400, height: 150 }

/** Parameters that both behaviours share. `base` makes the place of the ink visible, `place` is how it shows for the lower line. */
export function createSharedRows(behavior: Behavior, base: Json, place: Json): ParameterRow[] {
  const path = `/v3/${behavior}`
  return [
    {
      name: '`src`',
      note: 'address or data URI; older clients call it `url`. In a batch `urls` takes its place, in an upload `file`',
      proofs: [
        shows(async (engine) => {
          const host = await startImageHost({ '/a.png': createFixtureImage('x^2') })
          const [fetched, inline, old] = await Promise.all([
            engine.post(path, { src: host.url('/a.png'), formats: ['latex_styled'] }),
            engine.post(path, { src: toDataUri('x^2'), formats: ['latex_styled'] }),
            engine.post(path, { url: toDataUri('x^2'), formats: ['latex_styled'] }),
          ])
          await host.close()
          const latex_styled = behavior === 'latex' ? 'x ^ { 2 }' : 'x^{2}'
          for (const { body } of [fetched, inline, old]) expect(body).toMatchObject({ latex_styled })
        }),
        refuses('none', { src: '' }, 'image_missing'),
        refuses('not reachable', { src: 'http://127.0.0.1:9/a.png' }, 'image_download_error'),
        refuses('no image', { src: 'data:image/png;base64,bm90aGluZw==' }, 'image_decode_error'),
      ],
    },
    {
      name: '`region`',
      note: 'only this part is read; positions stay those of the whole image. `{}` is none',
      proofs: [
        changes(TWO_LINES, { region: lowerHalf }, place, base),
        nothing({ region: {} }),
        refuses('beyond the edge', { region: { ...lowerHalf, height: 151 } }, 'opts_value_out_of_range'),
        refuses('a side missing', { region: { ...lowerHalf, width: undefined } }, 'opts_number_required'),
      ],
    },
    {
      name: '`enable_blue_hsv_filter`',
      note: 'print, pencil and red marks vanish before anything is looked for',
      proofs: [
        changes(TWO_LINES, { enable_blue_hsv_filter: true }, place, base),
        changes(
          { marks: [{ top: 40, colour: '#111' }] },
          { enable_blue_hsv_filter: true },
          { error_info: { id: 'image_no_content' } },
        ),
      ],
    },
    {
      name: '`confidence_threshold`',
      note: 'below it the result is `math_confidence`, with the confidences and without the formats',
      proofs: [
        changes('x', { confidence_threshold: 0.95 }, { error_info: { id: 'math_confidence' } }),
        nothing({ confidence_threshold: 0.5 }),
        ...refuseNumbers('confidence_threshold'),
      ],
    },
    {
      name: '`confidence_rate_threshold`',
      note: `the same for the rate; ${behavior === 'text' ? '0.75 when absent' : 'none when absent'}`,
      proofs: [
        changes('x', { confidence_rate_threshold: 0.995 }, { error_info: { id: 'math_confidence' } }),
        nothing({ confidence_rate_threshold: 0.8 }),
        ...refuseNumbers('confidence_rate_threshold'),
      ],
    },
    {
      name: '`auto_rotate_confidence_threshold`',
      note: '0.99 when absent, 1 switches it off. See *Images that lie on a side*',
      proofs: [
        changes(
          `${SIDEWAYS}x^2`,
          { auto_rotate_confidence_threshold: 0.5 },
          behavior === 'text' ? { text: '\\( x^{2} \\)' } : { latex: 'x ^ { 2 }' },
        ),
        nothing({ auto_rotate_confidence_threshold: 0.95 }),
        ...refuseNumbers('auto_rotate_confidence_threshold'),
      ],
    },
    {
      name: '`include_detected_alphabets`',
      note: 'of the letters that were read, in formulas too; of words in an alphabet that nobody here reads nothing is told',
      proofs: [
        changes(
          'x^2',
          { include_detected_alphabets: true },
          { detected_alphabets: expect.objectContaining({ en: true, ru: false }) },
        ),
        nothing({ include_detected_alphabets: false }),
      ],
    },
    {
      name: '`metadata`',
      note: 'any members. `improve_mathpix: false` deletes a batch’s copy of the image once it is read; nothing leaves this computer either way',
      proofs: [nothing({ metadata: { improve_mathpix: false, job: 7 } })],
    },
    { name: '`tags`', note: 'there is no history to search', proofs: [nothing({ tags: ['a', 'b'] })] },
    { name: '`async`', note: 'the answer comes at once', proofs: [nothing({ async: true })] },
    {
      name: '`callback`',
      note: 'one POST of `reply`, `result` and the members of `body`, 10 s, no second attempt; the answer to the request comes all the same',
      proofs: [
        shows(async (engine) => {
          const posted = await catchCallback((callback) =>
            engine.post(path, { src: toDataUri('x'), callback: { ...callback, reply: { job: '1' } } }),
          )
          expect(posted).toMatchObject({ reply: { job: '1' }, result: { image_width: 100 } })
        }),
        refuses('no `post`', { callback: { post: 1 } }, 'opts_bad_callback'),
        refuses(
          '`reply` that is no object',
          { callback: { post: 'http://127.0.0.1:9', reply: 'json' } },
          'opts_bad_callback',
        ),
        refuses(
          '`batch_id` in `reply`',
          { callback: { post: 'http://127.0.0.1:9', reply: { batch_id: 1 } } },
          'opts_bad_callback',
        ),
      ],
    },
  ]
}

function refuseNumbers(name: string) {
  return [
    refuses('no number', { [name]: '0.5' }, 'opts_number_required'),
    refuses('outside of 0…1', { [name]: 1.1 }, 'opts_value_out_of_range'),
  ]
}

/** What is posted to a callback address while and after `send` is answered. */
export async function catchCallback(
  send: (callback: { post: string; headers: Record<string, string> }) => Promise<unknown>,
): Promise<Json> {
  let receive: (body: Json) => void
  const received = new Promise<Json>((resolve) => {
    receive = resolve
  })
  const host = await startImageHost({
    '/hook': (request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () => {
        response.end()
        receive({ ...(JSON.parse(text) as Json), headers: request.headers })
      })
    },
  })
  await send({ post: host.url('/hook'), headers: { Authorization: 'Bearer XYZ' } })
  const body = await received
  await host.close()
  return body
}
