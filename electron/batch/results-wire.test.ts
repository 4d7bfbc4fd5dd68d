import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Item } from '../../shared/batch.ts'
import { isDone } from '../../shared/batch-progress.ts'
import { callContract, eventContract } from '../../shared/ipc/contract.ts'
import { toResultLine } from '../../shared/result-line.ts'
import { send, type Answer } from '../../testing/node/fake-mathpix.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'

/** Every documented field of a result of latex behaviour, and some that nobody has documented. */
const LATEX = {
  request_id: '2025_04_16_8abbb8a58f90328da6b0g',
  version: 'SuperNet-100',
  error: '',
  text: 'test \\(x^2\\)',
  text_display: '\\[x^2\\]',
  latex: 'x ^ { 2 }',
  latex_normal: 'x ^ { 2 }',
  latex_styled: 'x^{2}',
  latex_simplified: 'x ^ { 2 }',
  latex_list: ['x ^ { 2 }', 'y'],
  mathml: '<math><mi>x</mi></math>',
  asciimath: 'x^(2)',
  wolfram: 'x^2',
  latex_confidence: 0.99640350138238,
  latex_confidence_rate: 0.9999436201400773,
  position: { top_left_x: 54, top_left_y: 9, width: 591, height: 279, angle: 0.5 },
  detection_map: { contains_chart: 0.00002, is_blank: 0, is_printed: 0.9996, contains_geometry: 0 },
  detection_list: ['is_printed', 'something_new'],
  candidates: [{ latex_styled: 'x^{2}', latex_confidence: 0.9, anything: [null] }],
  detected_alphabets: { en: true, ru: false },
  auto_rotate_confidence: 0.0008788120718712378,
  auto_rotate_degrees: -90,
  image_width: 720,
  image_height: 288,
  brand_new: { nested: [1, 'two', { three: null }] },
}

/** Those of text behaviour. */
const TEXT = {
  request_id: '2025_04_16_d884f78c7c80ba983343g',
  version: 'RSK-M104',
  text: '\\( f(x) \\)\nline two',
  latex_styled: 'f(x)=\\left\\{\\begin{array}{ll}\nx^{2} & 1\n\\end{array}\\right.',
  html: '<div><span class="math-inline ">f(x)</span></div>\n',
  data: [{ type: 'asciimath', value: 'f(x)', more: 1 }],
  confidence: 1,
  confidence_rate: 0.5,
  is_printed: false,
  is_handwritten: true,
  line_data: [
    { id: '1', type: 'math', cnt: [[1, 2]], included: true, conversion_output: true, after_hyphen: false },
  ],
  word_data: [{ type: 'text', subtype: 'chemistry', cnt: [[322, 191]], text: 'word', latex: '\\text{word}' }],
  detected_alphabets: [{ en: true }],
  geometry_data: [{ position: { top_left_x: 1 }, shape_list: [], label_list: [] }],
  auto_rotate_confidence: 0,
  auto_rotate_degrees: 180,
  image_width: 850,
  image_height: 332,
  languages_detected: [],
}

/** A failed image may still carry data. */
const FAILED = {
  request_id: 'r',
  error: 'Low confidence',
  error_info: { id: 'math_confidence', message: 'Low confidence', value: 0.1, nested: { more: true } },
  detection_list: ['is_not_math'],
  image_width: 10,
  brand_new: 1,
}

let kit: ServiceKit
beforeEach(async () => {
  kit = await ServiceKit.start()
})
afterEach(() => kit.stop())

describe('every field of a result', () => {
  it.each([
    ['in latex behaviour', LATEX],
    ['in text behaviour', TEXT],
    ['of a failed image', FAILED],
  ])('%s survives the journal, the way to the page, and the export', async (_, result) => {
    kit.server.resultOf = () => result
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, isDone)
    await kit.service.close()
    await kit.open()
    const opened = callContract.openBatch.output.parse(unwrap(await kit.service.openBatch(id)))
    expect(opened.items[0]?.result).toEqual(result)
    const pushed = kit.changes.flatMap((change) => eventContract.onBatchChanged.parse(change).items).at(-1)
    expect(pushed?.result).toEqual(result)
    const [item] = opened.items as [Item]
    expect(JSON.parse(JSON.stringify(toResultLine(item, 'img1.png')))).toMatchObject({ result })
  })
})

describe('a batch_id', () => {
  it.each([
    ['as text with a slash and spaces', 'a b/c', '"a b/c"', '/v3/batch/a%20b%2Fc'],
    ['as a number', 17, '17', '/v3/batch/17'],
    [
      'as a number beyond measure',
      '123456789012345678901',
      '123456789012345678901',
      '/v3/batch/123456789012345678901',
    ],
  ])('%s is kept and asked for after a restart', async (_, batch_id, written, path) => {
    const nothingYet: Answer = (_request, response) => {
      kit.server.next.push(nothingYet)
      send(response, { keys: ['0001-img1'], results: {} })
    }
    kit.server.next.push((_request, response) => response.end(`{"batch_id": ${written}}`), nothingYet)
    await kit.open()
    const id = await kit.batchWith(1)
    unwrap(await kit.service.submitBatch(id))
    await kit.until(id, () => kit.server.requests.some(({ method }) => method === 'GET'))
    await kit.service.close()
    const asked = kit.server.requests.length
    await kit.open()
    await kit.until(id, () => kit.server.requests.length > asked)
    expect(kit.batch(id).submissions[0]?.batch_id).toEqual(batch_id)
    const paths = kit.server.requests.filter(({ method }) => method === 'GET').map((request) => request.path)
    expect(new Set(paths)).toEqual(new Set([path]))
  })
})
