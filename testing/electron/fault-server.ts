import net, { type AddressInfo, type Socket } from 'node:net'
import tls from 'node:tls'
import { readRequest, type RawRequest } from './raw-request.ts'

/** What a server does with one request instead of answering it; `socket` is the bare connection. */
export type Fault = {
  /** `headers`: before the body is read. `request`: when all of it is there. */
  readonly at: 'headers' | 'request'
  readonly act: (socket: Socket, request: RawRequest, server: FaultServer) => void
}

/** Which requests a fault is for: batches sent, results asked for, single images uploaded. */
export type Call = 'send' | 'ask' | 'upload'

/**
 * A server on bare sockets that speaks as much of v3 as a test needs, and breaks it as told. It answers protocol
 * questions only: its "readings" echo the key.
 */
export class FaultServer {
  readonly requests: (RawRequest & { readonly call: Call })[] = []
  /** Connections that were opened, TLS handshakes that failed included. */
  connections = 0
  /** Done with each new connection, before a byte of it is read; answers true when the connection is used up. */
  onConnection: ((socket: Socket) => boolean) | undefined
  /** Results of a normal answer. */
  resultOf: (key: string) => unknown = readWell
  readonly #faults: Record<Call, Fault[]> = { send: [], ask: [], upload: [] }
  readonly #batches = new Map<string, string[]>()
  readonly #sockets = new Set<Socket>()
  readonly #protocol: 'http' | 'https'
  readonly #server: net.Server
  #port = 0

  private constructor(secure: tls.TlsOptions | undefined) {
    this.#protocol = secure ? 'https' : 'http'
    const serve = (socket: Socket) => void this.#serve(socket)
    this.#server = secure
      ? tls.createServer({ ...secure, allowHalfOpen: true }, serve).on('tlsClientError', () => undefined)
      : net.createServer({ allowHalfOpen: true }, serve)
    this.#server.on('connection', (socket: Socket) => {
      this.connections += 1
      this.#sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket))
    })
  }

  static async start(secure?: tls.TlsOptions): Promise<FaultServer> {
    const server = new FaultServer(secure)
    await server.up()
    return server
  }

  get origin(): string {
    return `${this.#protocol}://127.0.0.1:${this.#port}`
  }

  /** The next `times` calls of this kind meet the fault; afterwards it behaves. */
  fail(call: Call, fault: Fault, times = 1): void {
    for (let count = 0; count < times; count += 1) this.#faults[call].push(fault)
  }

  count(call: Call): number {
    return this.requests.filter((request) => request.call === call).length
  }

  /** Listens; after `down`, at the same port again. */
  async up(): Promise<void> {
    if (this.#server.listening) return
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Whoever connects is refused from now on, and whoever is connected is thrown out. */
  down(): void {
    if (this.#server.listening) this.#server.close()
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  /** Forgets faults that nobody met; for the next case on the same server. */
  async reset(): Promise<void> {
    for (const queue of Object.values(this.#faults)) queue.length = 0
    this.requests.length = 0
    this.connections = 0
    this.onConnection = undefined
    this.resultOf = readWell
    await this.up()
  }

  stop(): void {
    this.down()
  }

  /** The keys of the batch that is asked for. */
  keysOf(request: RawRequest): string[] {
    return this.#batches.get(request.path.split('/').at(-1) ?? '') ?? []
  }

  /** Takes a batch in without a word. */
  accept(request: RawRequest): number {
    const id = this.#batches.size + 1
    const { urls } = JSON.parse(request.body.toString()) as { urls: object }
    this.#batches.set(String(id), Object.keys(urls))
    return id
  }

  /** The body of a proper answer. */
  answer(request: RawRequest): unknown {
    if (callOf(request) === 'send') return { batch_id: this.accept(request) }
    if (callOf(request) === 'upload') return this.resultOf('upload')
    const keys = this.keysOf(request)
    return { keys, results: Object.fromEntries(keys.map((key) => [key, this.resultOf(key)])) }
  }

  async #serve(socket: Socket): Promise<void> {
    socket.on('error', () => undefined)
    if (this.onConnection?.(socket)) return
    for (;;) {
      const fault: { current: Fault | undefined } = { current: undefined }
      const request = await readRequest(socket, (head) => {
        const call = callOf(head)
        this.requests.push({ ...head, call })
        fault.current = this.#faults[call].shift()
        return fault.current?.at !== 'headers'
      })
      if (!request) {
        if (!socket.destroyed) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')
        return
      }
      if (fault.current) {
        fault.current.act(socket, request, this)
        return
      }
      respond(socket, { body: JSON.stringify(this.answer(request)) })
      if (request.headers.get('connection') === 'close') {
        socket.end()
        return
      }
    }
  }
}

const readWell = (key: string): unknown => ({ latex_styled: `read ${key}`, latex_confidence: 0.9 })

export type RawReply = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** Writes a whole reply. */
export function respond(socket: Socket, { status = 200, headers = {}, body = '' }: RawReply): void {
  const bytes = Buffer.from(body)
  const all = { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers }
  socket.write(Buffer.concat([headOf(status, all), bytes]))
}

export function headOf(status: number, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`)
}

function callOf({ method, path }: Pick<RawRequest, 'method' | 'path'>): Call {
  if (method === 'GET') return 'ask'
  return path === '/v3/batch' ? 'send' : 'upload'
}
