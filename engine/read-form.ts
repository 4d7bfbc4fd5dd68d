import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { engineError, type Outcome } from './errors.ts'
import { takeTurns } from './take-turns.ts'

/** What an upload brings; members with other names are left aside. */
export type UploadForm = { readonly file?: Uint8Array; readonly optionsJson: string }

const LIMITS = { fields: 20, files: 5, parts: 25 }

/** Bytes that are looked through at a time. */
const PIECE = 64 * 1024

/** Reads a multipart body that is there whole. `options_json` may be a field or a file, as clients send either. */
export function readForm(body: Buffer, contentType: string): Promise<Outcome<UploadForm>> {
  if (body.length === 0) return Promise.resolve({ ok: true, value: { optionsJson: '{}' } })
  return new Promise((settle) => {
    let isSettled = false
    const resolve = (form: Outcome<UploadForm>) => {
      isSettled = true
      settle(form)
    }
    const fail = (id: 'json_syntax' | 'sys_request_too_large', message: string) =>
      resolve({ ok: false, error: engineError(id, {}, message) })
    const unreadable = () => fail('json_syntax', 'The multipart form cannot be read')
    const crowded = () => fail('sys_request_too_large', 'The multipart form has too many parts')
    let file: Uint8Array | undefined
    let optionsJson = '{}'
    let parser: BusboyInstance
    try {
      parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { ...LIMITS, fileSize: body.length, fieldSize: body.length },
      })
    } catch {
      unreadable()
      return
    }
    parser.on('file', (name, stream) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('error', unreadable)
      stream.on('end', () => {
        if (name === 'file') file = Buffer.concat(pieces)
        else if (name === 'options_json') optionsJson = Buffer.concat(pieces).toString('utf8')
      })
    })
    parser.on('field', (name, value) => {
      if (name === 'options_json') optionsJson = value
    })
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.on(limit, crowded)
    parser.on('error', unreadable)
    parser.on('finish', () => resolve({ ok: true, value: { optionsJson, ...(file ? { file } : {}) } }))
    feed(parser, body, () => isSettled).catch(unreadable)
  })
}

/** A body may hold ten thousands of parts: other requests have their turn in between, and what is refused is not looked through. */
async function feed(parser: BusboyInstance, body: Buffer, isOver: () => boolean): Promise<void> {
  const turn = takeTurns()
  for (let at = 0; at < body.length && !isOver(); at += PIECE) {
    parser.write(body.subarray(at, at + PIECE))
    await turn()
  }
  if (!isOver()) parser.end()
}
