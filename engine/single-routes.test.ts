import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFixtureImage } from '../testing/engine/fixture-recogniser.ts'
import { startImageHost, type ImageHost } from '../testing/engine/image-host.ts'
import { createDataDir, startTestEngine, type Json, type TestEngine } from '../testing/engine/test-engine.ts'

let host: ImageHost
let engine: TestEngine
let removeData: () => Promise<void>

const circle = 'x^2+y^2=9'

beforeEach(async () => {
  const data = await createDataDir()
  removeData = data.remove
  host = await startImageHost({ '/inverted.jpg': createFixtureImage(circle) })
  engine = await startTestEngine(data.path)
})

afterEach(async () => {
  await engine.close()
  await host.close()
  await removeData()
})

const errorId = (body: Json): unknown => (body['error_info'] as Json | undefined)?.['id']
const dataUri = (latex: string): string =>
  `data:image/png;base64,${createFixtureImage(latex).toString('base64')}`

describe('v3/text and v3/latex', () => {
  it('answer at once, each in its own behaviour', async () => {
    const src = host.url('/inverted.jpg')
    expect((await engine.post('/v3/text', { src })).body).toMatchObject({
      text: '\\( x^{2}+y^{2}=9 \\)',
      image_width: 100,
    })
    const latex = await engine.post('/v3/latex', {
      src: dataUri(circle),
      formats: ['latex_normal'],
      ocr_behavior: 'text',
    })
    expect(latex.body).toMatchObject({ latex_normal: 'x ^ { 2 } + y ^ { 2 } = 9', version: 'formulift-1' })
  })

  it('take an upload with its options', async () => {
    const form = new FormData()
    form.append('file', new Blob([createFixtureImage(circle)]), 'a.png')
    form.append('options_json', JSON.stringify({ formats: ['text'], math_inline_delimiters: ['$', '$'] }))
    expect((await engine.post('/v3/text', form)).body['text']).toBe('$x^{2}+y^{2}=9$')
  })

  it('say what is wrong with an upload', async () => {
    const empty = new FormData()
    empty.append('options_json', '{}')
    expect(errorId((await engine.post('/v3/text', empty)).body)).toBe('image_missing')
    const broken = new FormData()
    broken.append('file', new Blob([createFixtureImage('x')]), 'a.png')
    broken.append('options_json', '{formats}')
    expect(errorId((await engine.post('/v3/latex', broken)).body)).toBe('json_syntax')
    const large = new FormData()
    large.append('file', new Blob([Buffer.alloc(5.5 * 1024 * 1024)]), 'a.png')
    expect(errorId((await engine.post('/v3/text', large)).body)).toBe('sys_request_too_large')
  })

  it('put failures into the envelope with status 200', async () => {
    const missing = await engine.post('/v3/text', {})
    expect({ status: missing.status, id: errorId(missing.body) }).toEqual({
      status: 200,
      id: 'image_missing',
    })
    expect(errorId((await engine.post('/v3/text', { src: host.url('/nothing.png') })).body)).toBe(
      'image_download_error',
    )
    expect(errorId((await engine.post('/v3/latex', { src: dataUri('x'), formats: ['html'] })).body)).toBe(
      'opts_unknown_format',
    )
    const both = { src: dataUri('x'), include_line_data: true, include_word_data: true }
    expect(errorId((await engine.post('/v3/text', both)).body)).toBe('opts_conflict')
  })
})
