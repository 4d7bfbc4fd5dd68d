import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type ImageHost = {
  readonly url: (path: string) => string
  /** Paths asked for, in order. */
  readonly requests: string[]
  close(): Promise<void>
}

export type ImageAnswer = Buffer | ((request: IncomingMessage, response: ServerResponse) => void)

/** A real HTTP server on loopback; a path without an answer is 404. */
export async function startImageHost(answers: Readonly<Record<string, ImageAnswer>>): Promise<ImageHost> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    requests.push(path)
    const answer = answers[path.replace(/\?.*$/, '')]
    if (answer === undefined) response.writeHead(404).end('nothing here')
    else if (typeof answer === 'function') answer(request, response)
    else response.writeHead(200, { 'content-type': 'image/png' }).end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    requests,
    url: (path) => `http://127.0.0.1:${String(port)}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
