import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isDone } from '../../shared/batch-progress.ts'
import { callContract } from '../../shared/ipc/contract.ts'
import { keysOf } from '../../shared/keys-of.ts'
import type { BatchRequest } from '../../shared/mathpix.ts'
import type { OcrBehavior } from '../../shared/option-values.ts'
import type { OcrOptions } from '../../shared/parameters.ts'
import { PARAMETERS, type ParameterName } from '../../shared/parameters.ts'
import { ServiceKit, unwrap } from '../../testing/electron/service-kit.ts'

/** What is set for each parameter, one value after the other. */
const examplesOf = (name: ParameterName): readonly unknown[] => PARAMETERS[name].examples
const names = keysOf(PARAMETERS)

type Row = readonly [name: string, behaviour: OcrBehavior, value: unknown]

const rows = (level?: 'image'): Row[] =>
  names
    .filter((name) => level === undefined || PARAMETERS[name].level === level)
    .flatMap((name) =>
      (['latex', 'text'] as const).flatMap((behaviour) =>
        isOf(name, behaviour) ? examplesOf(name).map((value): Row => [name, behaviour, value]) : [],
      ),
    )

function isOf(name: ParameterName, behaviour: OcrBehavior): boolean {
  return PARAMETERS[name].behaviour === 'both' || PARAMETERS[name].behaviour === behaviour
}

/** Parameters that stand in one request: each with its value at that place of its list. */
function optionsOf(behaviour: OcrBehavior, round: number): OcrOptions {
  const set = names.filter((name) => isOf(name, behaviour))
  const values = set.map((name) => [name, examplesOf(name)[round % examplesOf(name).length]] as const)
  return { ...(Object.fromEntries(values) as OcrOptions), ocr_behavior: behaviour }
}

const ROUNDS = Math.max(...names.map((name) => examplesOf(name).length))

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
    const round = examplesOf(name as ParameterName).indexOf(value)
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
