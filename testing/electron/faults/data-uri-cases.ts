import { envelope, hangUp, replyHtml, replyJson } from './acts.ts'
import { imageFails, unnoticed, type Ending, type FaultCase } from './fault-case.ts'

/** The whole batch is refused because of what is in it. */
const sent: readonly FaultCase[] = [
  ...['image_missing', 'image_download_error', 'image_decode_error', 'sys_request_too_large'].map(
    (id): FaultCase => ({
      name: `\`${id}\`: the server takes no images inside a request`,
      at: 'send',
      arrange: ({ server }) => server.fail('send', replyJson(envelope(id))),
      ends: unnoticed,
      sends: 1,
      uploads: 2,
    }),
  ),
  {
    name: '`opts_value_out_of_range` about the address of an image inside the request',
    at: 'send',
    arrange: ({ server }) =>
      server.fail('send', replyJson(envelope('opts_value_out_of_range', { name: 'url', value: 'data:…' }))),
    ends: unnoticed,
    sends: 1,
    uploads: 2,
  },
  {
    name: 'HTTP 413: something in between lets no large requests pass',
    at: 'send',
    arrange: ({ server }) => server.fail('send', replyHtml(413)),
    ends: unnoticed,
    sends: 1,
    uploads: 2,
  },
]

const notArrived = ['image_missing', 'image_download_error', 'image_decode_error']

/** The batch is accepted; the images inside it are no images to the server. */
const asked: readonly FaultCase[] = [
  ...notArrived.map((id): FaultCase => ({
    name: `\`${id}\` for all images that were inside the request`,
    at: 'ask',
    arrange: ({ server }) => {
      server.resultOf = (key) => (key === 'upload' ? { latex_styled: 'x' } : envelope(id))
    },
    ends: unnoticed,
    sends: 1,
    uploads: 2,
  })),
  ...notArrived.map((id): FaultCase => ({
    name: `\`${id}\` for one of the images that were inside the request`,
    at: 'ask',
    arrange: ({ server }) => {
      server.resultOf = (key) => (key.startsWith('0001') ? envelope(id) : { latex_styled: 'x' })
    },
    ends: unnoticed,
    sends: 1,
    uploads: 1,
  })),
  {
    name: '`image_decode_error` for one image inside the request, and again for its upload',
    at: 'ask',
    arrange: ({ server }) => {
      server.resultOf = (key) =>
        /^(0001|upload)/.test(key) ? envelope('image_decode_error') : { latex_styled: 'x' }
    },
    ends: failsOnce('image_decode_error'),
    sends: 1,
    uploads: 1,
  },
  {
    name: '`image_decode_error` for one image inside the request, and the reply to its upload is lost',
    at: 'ask',
    arrange: ({ server }) => {
      server.resultOf = (key) =>
        key.startsWith('0001') ? envelope('image_decode_error') : { latex_styled: 'x' }
      server.fail('upload', hangUp('reset'))
    },
    ends: imageFails({ kind: 'unclear_post', message: 'The connection was lost.' }),
    sends: 1,
    uploads: 1,
  },
]

function failsOnce(id: string): Ending {
  return imageFails({ kind: 'mathpix', id, message: `About ${id}` })
}

export const dataUriCases: readonly FaultCase[] = [...sent, ...asked]
