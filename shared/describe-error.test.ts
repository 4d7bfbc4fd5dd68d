import { describe, expect, it } from 'vitest'
import { describeError } from './describe-error.ts'
import { AppError } from './errors.ts'
import { MATHPIX_ERROR_TEXTS } from './mathpix-error-texts.ts'

const RETRYABLE_BY_PROTOCOL = ['http_max_requests', 'sys_exception', 'connection_closed']

const DOCUMENTED_IDS =
  `http_unauthorized account_disabled expired_license unauthorized_token_request token_unknown
http_max_requests sys_exception connection_closed sys_request_too_large json_syntax image_missing image_download_error
image_decode_error image_no_content image_not_supported image_max_size math_confidence math_syntax opts_bad_callback
opts_unknown_ocr opts_unknown_format opts_number_required opts_value_out_of_range opts_expected_array opts_conflict
batch_unknown_id file_missing conversion_error strokes_missing strokes_syntax_error strokes_no_content pdf_encrypted
pdf_unknown_id pdf_missing pdf_page_limit_exceeded`.split(/\s+/)

const mathpix = (id: string, detail?: Record<string, unknown>): AppError => ({
  kind: 'mathpix',
  id,
  message: 'Server words',
  ...(detail ? { detail } : {}),
})

/** One error for every kind and every reason the schema allows. */
function listErrors(): AppError[] {
  return AppError.options.flatMap((option) => {
    const kind = option.shape.kind.value
    const reasons: readonly (string | undefined)[] =
      'reason' in option.shape ? option.shape.reason.options : [undefined]
    return reasons.map((reason) =>
      AppError.parse({ kind, id: 'anything', reason, wanted: 2, left: 1, message: 'Some words' }),
    )
  })
}

describe('describeError', () => {
  it.each(DOCUMENTED_IDS)('has plain words of its own for %s', (id) => {
    const { title, hint } = describeError(mathpix(id))
    expect(title).not.toBe('Server words')
    expect(title).not.toContain(id)
    expect(hint).not.toBe('')
    expect(`${title}${hint}`).not.toContain('!')
  })

  it('has words for nothing else', () => {
    expect([...MATHPIX_ERROR_TEXTS.keys()].sort()).toEqual([...DOCUMENTED_IDS].sort())
  })

  it.each(RETRYABLE_BY_PROTOCOL)('offers to retry %s', (id) => {
    expect(describeError(mathpix(id)).isRetryable).toBe(true)
  })

  it.each(['image_no_content', 'image_decode_error', 'opts_bad_callback', 'math_syntax'])(
    'does not offer to retry %s',
    (id) => {
      expect(describeError(mathpix(id)).isRetryable).toBe(false)
    },
  )

  it('says that a monthly limit will not clear by waiting', () => {
    const description = describeError(mathpix('http_max_requests', { limit_name: 'image_monthly_limit' }))
    expect(description.isRetryable).toBe(false)
    expect(description.title).toContain('monthly')
  })

  it('shows an unknown id with the words of the server, and does not retry it', () => {
    expect(describeError(mathpix('brand_new'))).toEqual({
      title: 'Server words',
      hint: 'Its reason is “brand_new”.',
      isRetryable: false,
    })
  })

  it.each(listErrors())('describes $kind $reason', (error) => {
    const { title, hint } = describeError(error)
    expect(title.length).toBeGreaterThan(5)
    expect(hint.length).toBeGreaterThan(5)
  })

  it('names the HTTP status when there is one', () => {
    expect(describeError({ kind: 'network', reason: 'http', status: 502, message: '' }).title).toContain(
      '502',
    )
  })
})
