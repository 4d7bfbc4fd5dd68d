import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parameterEntries } from '../../../shared/parameters.ts'
import { createDataDir, startTestEngine, type Json, type TestEngine } from '../test-engine.ts'
import { createPictureRecogniser, toDataUri, type Picture } from './pictures.ts'
import { judge, type Proof } from './rows.ts'
import { BEGIN, END, fieldTables, judgeField, nameField, parameterTables, renderTables } from './tables.ts'

// The first `html` loads its renderer, and one test asks for every row: seconds, on a slow machine minutes.
vi.setConfig({ testTimeout: 240_000 })

let engine: TestEngine
let removeData: () => Promise<void>

beforeAll(async () => {
  const data = await createDataDir()
  removeData = data.remove
  engine = await startTestEngine(data.path, { recogniser: createPictureRecogniser() })
})

afterAll(async () => {
  await engine.close()
  await removeData()
})

type Endpoint = keyof typeof parameterTables

/** The answer to one request; of a batch the answers to POST and GET in one. */
async function ask(endpoint: Endpoint, picture: Picture, options: Json): Promise<Json> {
  const image = endpoint === 'v3/batch' ? { urls: { a: toDataUri(picture) } } : { src: toDataUri(picture) }
  const { status, body } = await engine.post(`/${endpoint}`, { ...image, ...options })
  expect(status).toBe(200)
  const { batch_id } = body
  if (typeof batch_id !== 'number') return body
  await engine.finish(batch_id)
  return { ...body, ...(await engine.get(`/v3/batch/${String(batch_id)}`)).body }
}

const withoutId = (result: Json): Json => ({ ...result, request_id: undefined })

async function prove(endpoint: Endpoint, proof: Proof): Promise<void> {
  if (proof.kind === 'shows') return proof.show(engine)
  if (proof.kind === 'refuses') {
    const refusal = await ask(endpoint, 'x', proof.with)
    expect(Object.keys(refusal).filter((name) => name !== 'request_id')).toEqual(['error', 'error_info'])
    expect(refusal).toMatchObject({
      error: expect.stringMatching(/./) as string,
      error_info: { id: proof.id },
    })
    return
  }
  const plain = await ask(endpoint, proof.picture, proof.without)
  const changed = await ask(endpoint, proof.picture, { ...proof.without, ...proof.with })
  if (proof.kind === 'nothing') {
    expect(withoutId(changed)).toEqual(withoutId(plain))
    return
  }
  expect(changed).toMatchObject(proof.gives)
  expect(plain).not.toMatchObject(proof.gives)
}

describe.each(Object.entries(parameterTables))('parameters of %s', (endpoint, rows) => {
  it.each(rows.map((row) => [judge(row), row.name, row.proofs] as const))(
    '%s: %s',
    async (_, _name, proofs) => {
      for (const proof of proofs) await prove(endpoint as Endpoint, proof)
    },
  )

  it('are each in one row, which is proven', () => {
    const names = rows.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
    expect(rows.filter(({ proofs }) => proofs.length === 0)).toEqual([])
  })
})

describe.each(Object.entries(fieldTables))('results of %s', (endpoint, rows) => {
  it.each(rows.map((row) => [judgeField(row), nameField(row), row] as const))(
    '%s: %s',
    async (_, _name, { name, picture, options, when, value }) => {
      const result = await ask(endpoint as Endpoint, picture, { ...options, ...when })
      if (value === undefined) {
        expect(result).not.toHaveProperty(name)
        return
      }
      expect(result).toHaveProperty(name, value)
      if (when) expect(await ask(endpoint as Endpoint, picture, options)).not.toHaveProperty(name)
    },
  )
})

describe('v3/batch', () => {
  it.each(['latex', 'text'] as const)(
    'answers every row of v3/%s as the single endpoint does',
    async (behavior) => {
      const endpoint: Endpoint = `v3/${behavior}`
      const proofs = parameterTables[endpoint].flatMap((row) =>
        row.proofs.flatMap((proof) => (proof.kind === 'changes' || proof.kind === 'nothing' ? [proof] : [])),
      )
      const entries = proofs.map((proof, at) => {
        const options = { ...proof.without, ...proof.with }
        return { key: String(at), picture: proof.picture, options }
      })
      const { body } = await engine.post('/v3/batch', {
        ocr_behavior: behavior,
        urls: Object.fromEntries(
          entries.map(({ key, picture, options }) => [key, { url: toDataUri(picture), ...options }]),
        ),
      })
      const results = await engine.finish(body['batch_id'])
      for (const { key, picture, options } of entries)
        expect(withoutId(results[key] as Json)).toEqual(withoutId(await ask(endpoint, picture, options)))
    },
  )
})

describe('the table of options', () => {
  const rowsOf = (name: string, behaviour: 'latex' | 'text') =>
    [...parameterTables[`v3/${behaviour}`], ...parameterTables['v3/batch']].filter((row) =>
      row.name.startsWith(`\`${name}\``),
    )
  const asked = parameterEntries.flatMap(([name, { behaviour, isPassedOver = false }]) =>
    (['latex', 'text'] as const)
      .filter((one) => behaviour === 'both' || behaviour === one)
      .map((one) => [name, one, isPassedOver] as const),
  )

  it.each(asked)('has a row of proofs for each: %s in %s behaviour', (name, behaviour, isPassedOver) => {
    const rows = rowsOf(name, behaviour)
    expect(rows).not.toEqual([])
    // The callback is checked on its own.
    if (isPassedOver && name !== 'callback') expect(rows.map(judge)).toEqual(rows.map(() => 'accepted'))
  })
})

describe('docs/embedded-engine.md', () => {
  it('has the tables that `npm run docs:engine` writes of these rows', async () => {
    const file = path.resolve(import.meta.dirname, '../../../docs/embedded-engine.md')
    const text = readFileSync(file, 'utf8')
    const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
    expect(from).toBeGreaterThan(0)
    expect(to).toBeGreaterThan(from)
    const written = `${text.slice(0, from + BEGIN.length)}\n\n${renderTables()}\n${text.slice(to)}`
    await expect(written).toMatchFileSnapshot(file)
  })
})
