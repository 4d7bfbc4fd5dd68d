import type { FastifyInstance } from 'fastify'
import type { OcrBehavior } from '../shared/option-values.ts'
import { bodyOf } from './body-limit.ts'
import { engineError, toEnvelope, type Outcome } from './errors.ts'
import { parseJsonObject } from './parse-json.ts'
import { readForm } from './read-form.ts'
import { readSingleImage, type SingleImagesDeps, type SingleRequest } from './single-images.ts'

/** `POST v3/text` and `POST v3/latex`: JSON with `src`, or multipart with `file` and `options_json`. */
export function registerSingleRoutes(server: FastifyInstance, deps: SingleImagesDeps): void {
  const behaviors: readonly OcrBehavior[] = ['text', 'latex']
  for (const behavior of behaviors) {
    server.post(`/v3/${behavior}`, async (request) => {
      const type = request.headers['content-type'] ?? ''
      const body = bodyOf(request)
      const single = /^multipart\/form-data/i.test(type)
        ? await readUpload(body, type, behavior)
        : readJson(body, behavior)
      return single.ok ? readSingleImage(single.value, deps) : toEnvelope(single.error)
    })
  }
}

function readJson(body: Buffer, behavior: OcrBehavior): Outcome<SingleRequest> {
  const raw = parseJsonObject(body.toString('utf8'))
  return raw.ok ? { ok: true, value: { behavior, raw: raw.value } } : raw
}

async function readUpload(
  body: Buffer,
  contentType: string,
  behavior: OcrBehavior,
): Promise<Outcome<SingleRequest>> {
  const form = await readForm(body, contentType)
  if (!form.ok) return form
  const { file, optionsJson } = form.value
  const raw = parseJsonObject(optionsJson)
  if (!raw.ok) return raw
  if (file?.length === 0)
    return { ok: false, error: engineError('image_decode_error', {}, 'The file is empty') }
  return { ok: true, value: { behavior, raw: raw.value, ...(file ? { file } : {}) } }
}
