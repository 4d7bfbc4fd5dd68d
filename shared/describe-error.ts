import { assertNever, type AppError } from './errors.ts'
import { MATHPIX_ERROR_TEXTS, type ErrorText } from './mathpix-error-texts.ts'

/** An error as a person reads it: what happened, what to do about it, and whether trying again can help. */
export type ErrorDescription = {
  readonly title: string
  readonly hint: string
  readonly isRetryable: boolean
}

/** Plain words for every error the app knows. The server's own message stays available behind the details fold. */
export function describeError(error: AppError): ErrorDescription {
  switch (error.kind) {
    case 'mathpix':
      return describeMathpix(error)
    case 'network':
      return toDescription(describeNetwork(error))
    case 'unclear_post':
      return toDescription([
        'It is not known whether these images were accepted',
        'They were sent, and no clear answer came back. Sending again may bill them twice.',
        false,
      ])
    case 'unexpected_response':
      return toDescription([
        'The server answered in a way this app does not understand',
        'Check the server address. If it is right, try again later.',
        true,
      ])
    case 'image':
      return toDescription(describeImage(error))
    case 'credentials':
      return toDescription(CREDENTIALS_TEXTS[error.reason])
    case 'daily_limit':
      return toDescription([
        error.left === 0
          ? 'The daily limit is used up'
          : `The daily limit leaves ${error.left} of these ${error.wanted} images`,
        'Nothing was sent. Raise the limit in the settings, send fewer images, or go on tomorrow.',
        true,
      ])
    case 'engine':
      return toDescription([
        'The engine on this computer stopped',
        'It is started again by itself. Retry in a moment.',
        true,
      ])
    case 'storage':
      return toDescription(describeStorage(error.message))
    case 'canceled':
      return toDescription(['Canceled', 'Retry when you want this image read after all.', true])
    case 'invalid_call':
    case 'bug':
      return toDescription(['Something went wrong in the app', 'Your images and edits are kept.', true])
    default:
      return assertNever(error)
  }
}

const CREDENTIALS_TEXTS: Readonly<Record<Extract<AppError, { kind: 'credentials' }>['reason'], ErrorText>> = {
  missing: ['Mathpix keys are missing', 'Enter app_id and app_key, or convert on this computer.', true],
  malformed: [
    'These keys cannot be sent',
    'They hold a line break or an invisible sign, as may come along when they are copied. Nothing was sent. Enter them again.',
    true,
  ],
  encryption_unavailable: [
    'The keys cannot be kept safely on this computer',
    'They are used for this run only and have to be entered again next time.',
    false,
  ],
  not_allowed: [
    'The keys were not sent to this server',
    'Nothing was sent. Convert again and allow it, choose another server, or convert on this computer.',
    true,
  ],
  other_account: [
    'These images were sent with other keys',
    'Enter those keys again to get the results that were paid for.',
    true,
  ],
  insecure_server: [
    'The connection to this server would be open to everybody on the way',
    'Nothing was sent. Choose an address that begins with https://, or convert on this computer.',
    false,
  ],
}

/** The main process knows why and what follows from it: the first sentence is the title. */
function describeStorage(message: string): ErrorText {
  const [title = '', ...rest] = message.split(/(?<=\.)\s+/)
  const hint = rest.join(' ')
  return [title.replace(/\.$/, ''), hint || 'Check that the disk has space and can be written to.', true]
}

function toDescription([title, hint, isRetryable]: ErrorText): ErrorDescription {
  return { title, hint, isRetryable }
}

function describeMathpix({ id, message, detail }: AppError & { kind: 'mathpix' }): ErrorDescription {
  const known = MATHPIX_ERROR_TEXTS.get(id)
  if (!known) {
    return {
      title: shorten(message) || 'The server refused this image',
      hint: id === 'unknown' ? 'The server gave no other reason.' : `Its reason is “${shorten(id)}”.`,
      isRetryable: false,
    }
  }
  const limitName = detail?.['limit_name']
  if (id === 'http_max_requests' && typeof limitName === 'string' && limitName.endsWith('_monthly_limit')) {
    return {
      title: 'The monthly limit of your Mathpix account is used up',
      hint: 'Waiting will not help. Raise the limit in your account, or convert on this computer.',
      isRetryable: false,
    }
  }
  return toDescription(known)
}

/** A server may quote a whole page; the details fold has all of it. */
function shorten(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text
}

function describeNetwork({ reason, status }: AppError & { kind: 'network' }): ErrorText {
  switch (reason) {
    case 'offline':
      return [
        'No connection to the server',
        'Check the network and the server address, then try again.',
        true,
      ]
    case 'refused':
      return ['The server does not accept connections', 'Check the address, or try again later.', true]
    case 'timeout':
      return ['The server took too long to answer', 'Try again in a moment.', true]
    case 'reset':
      return ['The connection broke', 'Try again in a moment.', true]
    case 'tls':
      return [
        'No secure connection to the server',
        'Check the address and this computer’s date and time. A network that wants a sign-in can be the reason too.',
        false,
      ]
    case 'http':
      return describeStatus(status)
    default:
      return assertNever(reason)
  }
}

function describeStatus(status: number | undefined): ErrorText {
  const known = STATUS_TEXTS.find(([statuses]) => status !== undefined && statuses.includes(status))
  const [, title, hint] = known ?? (status !== undefined && status >= 500 ? SERVER_PROBLEM : OTHER_STATUS)
  return [status === undefined ? title : `${title} (HTTP ${status})`, hint, true]
}

const STATUS_TEXTS: readonly (readonly [statuses: readonly number[], title: string, hint: string])[] = [
  [[402], 'The server asks for payment', 'See your account at Mathpix, or convert on this computer.'],
  [
    [403, 451],
    'The server refused access',
    'Check the keys and the server address. A company or school network may block it too.',
  ],
  [[404, 405, 410], 'This address does not read images', 'Check the server address.'],
  [[407, 511], 'The network wants a sign-in', 'Sign in to the network, then try again.'],
  [[408], 'The request took too long to arrive', 'Try again, or send fewer images at once.'],
  [[413], 'The request is too large', 'Send fewer or smaller images at once.'],
]
const SERVER_PROBLEM = [[], 'The server has a problem', 'Try again in a few minutes.'] as const
const OTHER_STATUS = [
  [],
  'The server reported an error',
  'Check the server address. If it is right, try again later.',
] as const

function describeImage({ reason, message }: AppError & { kind: 'image' }): ErrorText {
  switch (reason) {
    case 'unreadable':
      return [
        'This file could not be read as an image',
        'It may be damaged or not complete. Add the original again.',
        false,
      ]
    case 'unsupported':
      return [
        message || 'This is not a supported image',
        'Use PNG, JPEG, HEIC, WebP, AVIF, GIF, BMP, TIFF or SVG.',
        false,
      ]
    case 'too_large':
      return [
        'This image is too large',
        'Images of up to 150 million pixels are read. Add a smaller copy.',
        false,
      ]
    case 'empty':
      return ['This file is empty', 'Check the original and add it again.', false]
    case 'missing':
      return ['This file is no longer there', 'Add it again from its present place.', false]
    case 'download':
      return [
        'The image could not be downloaded',
        'Check the address; it has to open without signing in.',
        true,
      ]
    case 'duplicate':
      return ['This image is already in the batch', 'The first one is kept.', false]
    default:
      return assertNever(reason)
  }
}
