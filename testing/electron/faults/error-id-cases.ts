import type { AppError } from '../../../shared/errors.ts'
import { MATHPIX_ERROR_TEXTS } from '../../../shared/mathpix-error-texts.ts'
import { describeDoubt } from '../../../electron/batch/sending/poll-submission.ts'
import { envelope, replyJson } from './acts.ts'
import {
  batchFails,
  comesBack,
  goesOn,
  imageFails,
  unclear,
  type Ending,
  type FaultCase,
} from './fault-case.ts'

/** Every id of the protocol's table of errors. */
const DOCUMENTED = [...MATHPIX_ERROR_TEXTS.keys()]
/** Files that meet these take another way (data-uri-cases.ts). */
const OF_ADDRESSES: ReadonlySet<string> = new Set([
  'image_missing',
  'image_download_error',
  'image_decode_error',
  'sys_request_too_large',
])
const withAddresses = (id: string) =>
  OF_ADDRESSES.has(id)
    ? { name: `\`${id}\`, images with addresses`, images: 'by_address' as const }
    : { name: `\`${id}\`` }
const QUOTA = { limit_name: 'page_monthly_limit', limit_value: 5000, count: 5001 }
const MONTHLY = `\`http_max_requests\` for the month`

const errorOf = (id: string, detail?: Record<string, unknown>): Extract<AppError, { kind: 'mathpix' }> => ({
  kind: 'mathpix',
  id,
  message: `About ${id}`,
  ...(detail ? { detail } : {}),
})

function statusOf(id: string): number {
  if (['http_unauthorized', 'account_disabled', 'expired_license'].includes(id)) return 401
  return id === 'http_max_requests' ? 429 : 200
}

function endOfSending(id: string): Ending {
  if (id === 'http_max_requests') return goesOn(errorOf(id))
  const isBreakdown = id === 'sys_exception' || id === 'connection_closed'
  return isBreakdown
    ? unclear(`The server had a problem with the request: “${errorOf(id).message}”.`)
    : comesBack(errorOf(id))
}

const sent: readonly FaultCase[] = [
  ...DOCUMENTED.map((id): FaultCase => ({
    ...withAddresses(id),
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyJson(envelope(id), statusOf(id))),
    ends: endOfSending(id),
    sends: id === 'http_max_requests' ? 2 : 1,
  })),
  {
    name: MONTHLY,
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyJson(envelope('http_max_requests', QUOTA), 429)),
    ends: comesBack(errorOf('http_max_requests', QUOTA)),
    sends: 1,
  },
  {
    name: 'An error id that nobody knows',
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyJson(envelope('brand_new'))),
    ends: comesBack(errorOf('brand_new')),
    sends: 1,
  },
  {
    name: 'An error without an id',
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyJson({ error: 'No such luck' })),
    ends: comesBack({ kind: 'mathpix', id: 'unknown', message: 'No such luck' }),
    sends: 1,
  },
  {
    name: 'Errors as a list',
    at: 'send',
    arrange: ({ server }) =>
      server.fail('send', replyJson({ errors: [{ id: 'opts_conflict', message: 'x' }] })),
    ends: comesBack(errorOf('opts_conflict')),
    sends: 1,
  },
]

/** The answer for the first image is this error, the second is read. */
const forOneImage = (id: string, detail?: Record<string, unknown>): FaultCase['arrange'] => {
  return ({ server }) => {
    server.resultOf = (key) => (key.startsWith('0001') ? envelope(id, detail) : { latex_styled: 'x' })
  }
}

const atImages: readonly FaultCase[] = [
  ...DOCUMENTED.map((id): FaultCase => ({
    ...(OF_ADDRESSES.has(id) ? { images: 'by_address' as const } : {}),
    name: OF_ADDRESSES.has(id) ? `\`${id}\` for one image with an address` : `\`${id}\` for one image`,
    at: 'ask',
    arrange: forOneImage(id),
    ends: imageFails(errorOf(id)),
    sends: 1,
  })),
  {
    name: `${MONTHLY}, for one image`,
    at: 'ask',
    arrange: forOneImage('http_max_requests', QUOTA),
    ends: imageFails(errorOf('http_max_requests', QUOTA)),
    sends: 1,
  },
  {
    name: 'An error id that nobody knows, for one image',
    at: 'ask',
    arrange: forOneImage('brand_new'),
    ends: imageFails(errorOf('brand_new')),
    sends: 1,
  },
]

const WAITED_OUT = ['http_max_requests', 'sys_exception', 'connection_closed']
const LOST = [
  'http_unauthorized',
  'account_disabled',
  'expired_license',
  'unauthorized_token_request',
  'json_syntax',
]

const asked: readonly FaultCase[] = [
  ...WAITED_OUT.map((id): FaultCase => ({
    name: `\`${id}\` instead of results`,
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyJson(envelope(id), statusOf(id))),
    ends: goesOn(errorOf(id)),
    sends: 1,
  })),
  {
    name: '`batch_unknown_id` once, from a server that has not heard of the batch yet',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyJson(envelope('batch_unknown_id'))),
    ends: goesOn(errorOf('batch_unknown_id')),
    sends: 1,
  },
  {
    name: '`batch_unknown_id` for ten minutes',
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyJson(envelope('batch_unknown_id')), 1000),
    ends: unclear(describeDoubt(errorOf('batch_unknown_id')), errorOf('batch_unknown_id')),
    sends: 1,
  },
  ...LOST.map((id): FaultCase => ({
    name: `\`${id}\` instead of results`,
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyJson(envelope(id), statusOf(id))),
    ends: batchFails(errorOf(id)),
    sends: 1,
  })),
  {
    name: `${MONTHLY}, instead of results`,
    at: 'ask',
    arrange: ({ server }) => server.fail('ask', replyJson(envelope('http_max_requests', QUOTA), 429), 3),
    ends: goesOn(errorOf('http_max_requests', QUOTA)),
    sends: 1,
  },
]

const uploaded: readonly FaultCase[] = [
  ['image_no_content', imageFails(errorOf('image_no_content'))] as const,
  ['sys_exception', imageFails(errorOf('sys_exception'))] as const,
  ['http_max_requests', goesOn(errorOf('http_max_requests'))] as const,
  ['account_disabled', comesBack(errorOf('account_disabled'))] as const,
].map(([id, ends]): FaultCase => ({
  name: `\`${id}\``,
  at: 'upload',
  arrange: ({ server }) => server.fail('upload', replyJson(envelope(id), statusOf(id))),
  ends,
  sends: id === 'http_max_requests' ? 2 : 1,
}))

const uploadedOverQuota: FaultCase = {
  name: MONTHLY,
  at: 'upload',
  arrange: ({ server }) => server.fail('upload', replyJson(envelope('http_max_requests', QUOTA), 429)),
  ends: comesBack(errorOf('http_max_requests', QUOTA)),
  sends: 1,
}

export const errorIdCases: readonly FaultCase[] = [
  ...sent,
  ...atImages,
  ...asked,
  ...uploaded,
  uploadedOverQuota,
]
