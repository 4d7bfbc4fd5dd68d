import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { nanoid } from 'nanoid'
import { endingOf, type ImageMime } from '../../shared/image-mime.ts'
import { CallbackReceiver } from './callback-receiver.ts'

type HostedFile = { readonly mime: ImageMime } & ({ readonly file: string } | { readonly bytes: Buffer })

export type FileHost = {
  readonly port: number
  /** Serves a file under `token` from now on; answers the path (`/i/…`). */
  add(token: string, file: HostedFile): string
  remove(token: string): void
  /** Takes callbacks of engines at the same port. */
  readonly callbacks: CallbackReceiver
  close(): Promise<void>
}

/** About 190 bits: not to be guessed, so the address is the permission. */
export function makeHostToken(mime: ImageMime): string {
  return `${nanoid(32)}.${endingOf(mime)}`
}

/**
 * Serves exactly the added images over loopback, GET and HEAD only, under addresses that cannot be guessed. A
 * tunnel may forward a public address to it. `preferredPort` is taken when free, so that addresses handed out
 * before a restart stay valid.
 */
export async function startFileHost(preferredPort = 0): Promise<FileHost> {
  const files = new Map<string, HostedFile>()
  const callbacks = new CallbackReceiver()
  const server = http.createServer((request, response) => {
    if (callbacks.handle(request, response)) return
    void serve(files, request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 2000
  await listen(server, preferredPort).catch(() => listen(server, 0))
  server.unref()
  return {
    port: (server.address() as AddressInfo).port,
    add(token, file) {
      files.set(token, file)
      return `/i/${token}`
    },
    remove(token) {
      files.delete(token)
    },
    callbacks,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  files: ReadonlyMap<string, HostedFile>,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const token = /^\/i\/([\w-]+\.(?:png|jpg))$/.exec(request.url ?? '')?.[1]
  const hosted = token === undefined ? undefined : files.get(token)
  const size = hosted && (await sizeOf(hosted))
  if (!hosted || size === undefined) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, {
    'content-type': hosted.mime,
    'content-length': size,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  if ('bytes' in hosted) {
    response.end(hosted.bytes)
    return
  }
  const stream = createReadStream(hosted.file)
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

async function sizeOf(hosted: HostedFile): Promise<number | undefined> {
  if ('bytes' in hosted) return hosted.bytes.length
  return (await stat(hosted.file).catch(() => undefined))?.size
}

function listen(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
}
