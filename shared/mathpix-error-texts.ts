/** What happened, what to do, and whether trying again can help. */
export type ErrorText = readonly [title: string, hint: string, isRetryable: boolean]

const NOT_FOR_IMAGES = 'This answer belongs to another kind of request. Check the server address.'
const FIX_OPTIONS = 'Change the options of this image, then retry.'

/**
 * Plain words for each `error_info.id` that the protocol documents. "Retryable" follows the protocol: its own three ids, downloads (hosts
 * are flaky), and what can work once keys, options or account were put right is offered for retry by hand.
 */
export const MATHPIX_ERROR_TEXTS: ReadonlyMap<string, ErrorText> = new Map<string, ErrorText>([
  ['http_unauthorized', ['Mathpix did not accept the keys', 'Check app_id and app_key, then retry.', true]],
  [
    'account_disabled',
    [
      'This Mathpix account is switched off',
      'See your account at Mathpix, then retry, or convert on this computer.',
      true,
    ],
  ],
  [
    'expired_license',
    [
      'The Mathpix licence has expired',
      'Renew it at Mathpix, then retry, or convert on this computer.',
      true,
    ],
  ],
  [
    'unauthorized_token_request',
    ['These keys may not run batches', 'Use the app_id and app_key of your account.', true],
  ],
  [
    'token_unknown',
    ['Mathpix does not know this token', 'Use the app_id and app_key of your account.', false],
  ],
  ['http_max_requests', ['Too many requests at once', 'Wait a minute, then retry.', true]],
  [
    'sys_exception',
    ['The server had an internal error', 'Retry; if it fails again, this image is the cause.', true],
  ],
  ['connection_closed', ['The connection closed too early', 'Retry in a moment.', true]],
  ['sys_request_too_large', ['The request is too large', 'Send fewer or smaller images at once.', false]],
  ['json_syntax', ['The server could not read the request', 'Check the server address.', false]],
  ['image_missing', ['The server found no image in the request', 'Add the image again.', false]],
  [
    'image_download_error',
    [
      'The image could not be downloaded',
      'Check the address; it has to open without signing in, within 15 seconds and 10 MB.',
      true,
    ],
  ],
  [
    'image_decode_error',
    ['This file could not be read as an image', 'It may be damaged or of an unsupported type.', false],
  ],
  [
    'image_no_content',
    [
      'Nothing to read was found in this image',
      'If there is a formula, it is small or faint: mark it on the image.',
      false,
    ],
  ],
  [
    'image_not_supported',
    ['This image is neither math nor text', 'Mark the formula on it, or have it read as text.', false],
  ],
  [
    'image_max_size',
    ['This image has too many pixels', 'Convert it on this computer, which reads larger images.', false],
  ],
  [
    'math_confidence',
    ['The reading was too doubtful', 'Lower the confidence threshold in the options to see it anyway.', true],
  ],
  [
    'math_syntax',
    ['The math in this image was not understood', 'Mark one formula on it, or have it read as text.', false],
  ],
  ['opts_bad_callback', ['The callback is not valid', 'Check its address and reply object.', false]],
  ['opts_unknown_ocr', ['An unknown reading mode was asked for', FIX_OPTIONS, true]],
  ['opts_unknown_format', ['A format was asked for that the server does not know', FIX_OPTIONS, true]],
  ['opts_number_required', ['An option has to be a number', FIX_OPTIONS, true]],
  [
    'opts_value_out_of_range',
    ['An option is out of its range', `A region has to lie inside the image. ${FIX_OPTIONS}`, true],
  ],
  ['opts_expected_array', ['An option has to be a list', FIX_OPTIONS, true]],
  ['opts_conflict', ['Two options exclude each other', FIX_OPTIONS, true]],
  ['batch_unknown_id', ['The server no longer knows this batch', 'Retry to have these images read.', true]],
  ['file_missing', ['The upload arrived without its file', 'Retry to send it again.', true]],
  ['conversion_error', ['The server could not convert this file', 'Convert it on this computer.', false]],
  ['strokes_missing', ['The server expected pen strokes', NOT_FOR_IMAGES, false]],
  ['strokes_syntax_error', ['The server could not read the pen strokes', NOT_FOR_IMAGES, false]],
  ['strokes_no_content', ['The server found no pen strokes', NOT_FOR_IMAGES, false]],
  [
    'pdf_encrypted',
    ['This PDF is protected by a password', 'Save the pages as images and add those.', false],
  ],
  ['pdf_unknown_id', ['The server does not know this PDF', NOT_FOR_IMAGES, false]],
  ['pdf_missing', ['The server expected a PDF', NOT_FOR_IMAGES, false]],
  [
    'pdf_page_limit_exceeded',
    ['This PDF has too many pages', 'Save the pages as images and add those.', false],
  ],
])
