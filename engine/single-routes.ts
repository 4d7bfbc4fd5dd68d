import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OcrBehavior } from '../shared/mathpix.ts'
import { parseJsonObject } from './batch-request.ts'
import { engineError, toEnvelope, type Outcome } from './errors.ts'
import { readSingleImage, type SingleImagesDeps, type SingleRequest } from './single-images.ts'

/** `POST v3/text` and `POST v3/latex`: JSON with `src`, or multipart with `file` and `options_json`. */
export function registerSingleRoutes(server: FastifyInstance, deps: SingleImagesDeps): void {
  const behaviors: readonly OcrBehavior[] = ['text', 'latex']
  for (const behavior of behaviors) {
    server.post(`/v3/${behavior}`, async (request) => {
      const single = request.isMultipart() ? await readUpload(request, behavior) : readJson(request, behavior)
      return single.ok ? readSingleImage(single.value, deps) : toEnvelope(single.error)
    })
  }
}

function readJson(request: FastifyRequest, behavior: OcrBehavior): Outcome<SingleRequest> {
  const raw = parseJsonObject(typeof request.body === 'string' ? request.body : '')
  return raw.ok ? { ok: true, value: { behavior, raw: raw.value } } : raw
}

async function readUpload(request: FastifyRequest, behavior: OcrBehavior): Promise<Outcome<SingleRequest>> {
  let file: Uint8Array | undefined
  let optionsJson = '{}'
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer()
        if (part.fieldname === 'file') file = bytes
        else if (part.fieldname === 'options_json') optionsJson = bytes.toString('utf8')
      } else if (part.fieldname === 'options_json') optionsJson = String(part.value)
    }
  } catch (error) {
    // Limits bring a status of their own; anything else is a form that breaks off or has another boundary.
    if (error instanceof Error && 'statusCode' in error) throw error
    return { ok: false, error: engineError('json_syntax', {}, 'The multipart form cannot be read') }
  }
  const raw = parseJsonObject(optionsJson)
  if (!raw.ok) return raw
  if (file?.length === 0)
    return { ok: false, error: engineError('image_decode_error', {}, 'The file is empty') }
  return { ok: true, value: { behavior, raw: raw.value, ...(file ? { file } : {}) } }
}
