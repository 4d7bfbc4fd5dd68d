import type { ErrorEnvelope } from '../shared/mathpix.ts'

/** The error ids of the protocol that this engine gives, each with the sentence that goes with it. */
const messages = {
  http_unauthorized: 'Invalid credentials',
  unauthorized_token_request: 'App tokens are not accepted here; use app_id and app_key',
  sys_exception: 'Internal error',
  sys_request_too_large: 'Request body is larger than 5 MB',
  json_syntax: 'Request is not valid JSON',
  image_missing: 'No image given',
  image_download_error: 'Error downloading image',
  image_decode_error: 'Error decoding image',
  image_no_content: 'Image has no content',
  image_not_supported: 'Image is neither math nor text',
  image_max_size: 'Image has too many pixels',
  math_confidence: 'Low confidence',
  opts_bad_callback: 'Bad callback',
  opts_unknown_ocr: 'Unknown ocr entry',
  opts_unknown_format: 'Unknown format',
  opts_number_required: 'Option must be a number',
  opts_value_out_of_range: 'Option value is out of range',
  opts_expected_array: 'Option must be an array',
  opts_conflict: 'Options exclude each other',
  batch_unknown_id: 'Unknown batch id',
  http_not_found: 'Not found',
  http_method_not_allowed: 'Method not allowed',
  http_bad_request: 'Bad request',
  http_request_timeout: 'The request did not arrive in time',
  http_headers_too_large: 'Request headers are too large',
} as const

export type EngineErrorId = keyof typeof messages

/** An expected failure on its way to an error envelope; `detail` members stand beside `id` in `error_info`. */
export type EngineError = {
  readonly id: EngineErrorId
  readonly message: string
  readonly detail: Readonly<Record<string, unknown>>
}

export function engineError(
  id: EngineErrorId,
  detail: Readonly<Record<string, unknown>> = {},
  message: string = messages[id],
): EngineError {
  return { id, message, detail }
}

/** The documented envelope: `error` equals `error_info.message`, details sit directly inside `error_info`. */
export function toEnvelope({ id, message, detail }: EngineError): ErrorEnvelope {
  return { error: message, error_info: { id, message, ...detail } }
}

/** What an expected outcome of the engine's inner functions looks like. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EngineError }
