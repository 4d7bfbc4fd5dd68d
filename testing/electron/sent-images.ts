import type { BatchRequest } from '../../shared/mathpix.ts'
import type { FakeV3Server, RecordedRequest } from './fake-v3-server.ts'

/** The addresses in all batches that were posted. */
export function sentUrls(server: FakeV3Server): string[] {
  return server.posts().flatMap(({ json }) => Object.values((json as BatchRequest).urls).map(addressOf))
}

const addressOf = (value: BatchRequest['urls'][string]) => (typeof value === 'string' ? value : value.url)

/** The kinds of the addresses of each batch, and `upload` for each single upload, in the order of their arrival. */
export function waysOf(server: FakeV3Server): string[] {
  return server.requests
    .filter(({ method }) => method === 'POST')
    .map(({ path, json }) => {
      if (path !== '/v3/batch') return 'upload'
      const urls = Object.values((json as BatchRequest).urls).map(addressOf)
      return urls.map((url) => /^[a-z]+/.exec(url)?.[0] ?? '').join(' ')
    })
}

/** The bytes of a data URI. */
export function bytesOf(dataUri: string): Buffer {
  return Buffer.from(dataUri.slice(dataUri.indexOf(',') + 1), 'base64')
}

/** The file of a single upload: the part of the form that has this name. */
export function uploadedFile({ headers, body }: RecordedRequest): Buffer {
  const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? ''
  const start = body.indexOf('\r\n\r\n', body.indexOf('name="file"')) + 4
  return body.subarray(start, body.indexOf(`\r\n--${boundary}`, start))
}
