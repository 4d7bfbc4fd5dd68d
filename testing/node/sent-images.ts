import type { BatchRequest } from '../../shared/mathpix.ts'
import type { FakeMathpix, RecordedRequest } from './fake-mathpix.ts'

/** The keys of a batch that was posted, each with its address. */
export function sentTo({ json }: RecordedRequest): (readonly [key: string, url: string])[] {
  return Object.entries((json as BatchRequest).urls).map(
    ([key, value]) => [key, typeof value === 'string' ? value : value.url] as const,
  )
}

/** The addresses in all batches that were posted. */
export function sentUrls(server: FakeMathpix): string[] {
  return server.posts().flatMap((post) => sentTo(post).map(([, url]) => url))
}

/** The kinds of the addresses of each batch, and `upload` for each single upload, in the order of their arrival. */
export function waysOf(server: FakeMathpix): string[] {
  return server.sent.map((post) => {
    if (post.path !== '/v3/batch') return 'upload'
    return sentTo(post)
      .map(([, url]) => /^[a-z]+/.exec(url)?.[0] ?? '')
      .join(' ')
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
