import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { callContract } from '../../shared/ipc/contract.ts'
import {
  DATA_OPTIONS,
  LATEX_FORMATS,
  TEXT_FORMATS,
  TRANSFORMS,
  type BatchRequest,
  type OcrBehavior,
  type OcrOptions,
} from '../../shared/mathpix.ts'
import { PARAMETERS, type ParameterName } from '../../shared/parameters.ts'
import { ServiceKit, unwrap } from '../testing/service-kit.ts'

/** What is set for each parameter, one value after the other. Behaviour and level stand in shared/parameters.ts. */
const EXAMPLES: Readonly<Record<ParameterName, readonly unknown[]>> = {
  ocr_behavior: ['latex', 'text'],
  callback: [
    {
      post: 'https://my.host/hook?token=1',
      reply: { job: '42', nested: { deep: [1, 2] } },
      body: { extra: true },
      headers: { Authorization: 'Bearer XYZ' },
    },
    { post: 'https://my.host/hook' },
  ],
  metadata: [{ improve_mathpix: false, user_id: '123', nested: { list: [1] } }, { improve_mathpix: true }],
  tags: [['test_tag', 'algebra'], []],
  formats: [[...LATEX_FORMATS], [...TEXT_FORMATS], ['text']],
  region: [{ top_left_x: 0, top_left_y: 40, width: 600, height: 200 }],
  confidence_threshold: [0.25, 0, 1],
  confidence_rate_threshold: [0.75, 0, 1],
  auto_rotate_confidence_threshold: [0.5, 0.99, 1],
  include_detected_alphabets: [true, false],
  enable_blue_hsv_filter: [true, false],
  ocr: [['math', 'text'], ['math']],
  format_options: [
    {
      text: { transforms: [...TRANSFORMS], math_delims: ['$', '$'], displaymath_delims: ['$$', '$$'] },
      latex_styled: { transforms: ['rm_spaces'] },
    },
  ],
  skip_recrop: [true, false],
  beam_size: [5, 1],
  n_best: [3, 1],
  data_options: [Object.fromEntries(DATA_OPTIONS.map((name) => [name, true])), { include_asciimath: true }],
  alphabets_allowed: [{ ru: false, en: true }],
  include_equation_tags: [true, false],
  include_line_data: [true, false],
  include_word_data: [true, false],
  include_smiles: [true, false],
  include_inchi: [true, false],
  include_geometry_data: [true, false],
  include_diagram_text: [true, false],
  include_page_info: [false, true],
  rm_spaces: [false, true],
  rm_fonts: [true, false],
  idiomatic_eqn_arrays: [true, false],
  idiomatic_braces: [true, false],
  numbers_default_to_math: [true, false],
  math_fonts_default_to_math: [true, false],
  math_inline_delimiters: [['$', '$']],
  math_display_delimiters: [['$$', '$$']],
  enable_spell_check: [true, false],
  enable_tables_fallback: [true, false],
  fullwidth_punctuation: [true, false, null],
  disable_itemize: [true, false],
  disable_lstlisting: [true, false],
  enable_document_layout: [true, false],
}

type Row = readonly [name: string, behaviour: OcrBehavior, value: unknown]

const rows = (level?: 'image'): Row[] =>
  (Object.keys(EXAMPLES) as ParameterName[])
    .filter((name) => level === undefined || PARAMETERS[name].level === level)
    .flatMap((name) =>
      (['latex', 'text'] as const).flatMap((behaviour) =>
        isOf(name, behaviour) ? EXAMPLES[name].map((value): Row => [name, behaviour, value]) : [],
      ),
    )

function isOf(name: ParameterName, behaviour: OcrBehavior): boolean {
  return PARAMETERS[name].behaviour === 'both' || PARAMETERS[name].behaviour === behaviour
}

/** Parameters that stand in one request: each with its value at that place of its list. */
function optionsOf(behaviour: OcrBehavior, round: number): OcrOptions {
  const names = (Object.keys(EXAMPLES) as ParameterName[]).filter((name) => isOf(name, behaviour))
  const values = names.map((name) => [name, EXAMPLES[name][round % EXAMPLES[name].length]] as const)
  return { ...(Object.fromEntries(values) as OcrOptions), ocr_behavior: behaviour }
}

const ROUNDS = Math.max(...Object.values(EXAMPLES).map(({ length }) => length))

let kit: ServiceKit
/** Bodies of the POSTs: one per behaviour and round, and one with an image for each row. */
const forAll = new Map<string, BatchRequest>()
let forEach: BatchRequest

beforeAll(async () => {
  kit = await ServiceKit.start()
  await kit.open()
  for (const behaviour of ['latex', 'text'] as const) {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { id } = await batchOf([`${behaviour}-${round}`])
      await setForAll(id, optionsOf(behaviour, round))
      forAll.set(`${behaviour} ${round}`, await send(id))
    }
  }
  const own = rows('image')
  const { id, items } = await batchOf(own.map((_, index) => `own-${index}`))
  await setForAll(id, {})
  await Promise.all(
    own.map(([name, ocr_behavior, value], index) => {
      const set: OcrOptions = { ocr_behavior, [name]: value }
      const itemIds = [items[index]?.id ?? '']
      const input = callContract.setItemOptions.input.parse({ batchId: id, itemIds, set, reset: [] })
      return kit.service.setItemOptions(id, itemIds, input.set, []).then(unwrap)
    }),
  )
  forEach = await send(id)
}, 240_000)
afterAll(() => kit.stop())

async function batchOf(names: readonly string[]) {
  const { id } = unwrap(await kit.service.createBatch())
  unwrap(
    await kit.service.addUrls(
      id,
      names.map((name) => `${kit.server.origin}/${name}.png`),
    ),
  )
  return kit.batch(id)
}

/** As the page does it. */
async function setForAll(batchId: string, options: OcrOptions): Promise<void> {
  const input = callContract.setBatchOptions.input.parse({ batchId, options })
  unwrap(await kit.service.setBatchOptions(batchId, input.options))
}

/** Sends after a restart, so that what is sent was read from the disk. */
async function send(batchId: string): Promise<BatchRequest> {
  await kit.service.close()
  await kit.open()
  const before = kit.server.posts().length
  unwrap(await kit.service.submitBatch(batchId))
  await kit.until(batchId, isDone)
  const [post, ...more] = kit.server.posts().slice(before)
  expect(more).toEqual([])
  return post?.json as BatchRequest
}

describe('a parameter set for the batch is sent as it was set', () => {
  it.each(rows())('%s in %s behaviour: %j', (name, behaviour, value) => {
    const round = EXAMPLES[name as ParameterName].indexOf(value)
    const body = forAll.get(`${behaviour} ${round}`)
    expect(body?.[name]).toEqual(name === 'ocr_behavior' ? behaviour : value)
    expect(Object.values(body?.urls ?? {})).toEqual([expect.stringMatching(/^http.*\.png$/)])
  })

  it('and nothing else is', () => {
    const set = new Set(Object.keys(optionsOf('text', 0)))
    expect(Object.keys(forAll.get('text 0') ?? {}).filter((name) => !set.has(name))).toEqual(['urls'])
  })
})

describe('a parameter set for one image is sent with that image, whole', () => {
  it.each(rows('image').map((row, index) => [index, ...row] as const))(
    '%i: %s in %s behaviour: %j',
    (index, name, behaviour, value) => {
      const sent = Object.values(forEach.urls)[index]
      const expected: OcrOptions = { ocr_behavior: behaviour, [name]: value }
      expect(sent).toEqual({ ...expected, url: `${kit.server.origin}/own-${index}.png` })
    },
  )

  it('and not with the batch', () => {
    expect(Object.keys(forEach).sort()).toEqual(['metadata', 'urls'])
  })
})
