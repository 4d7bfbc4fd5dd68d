import { fail, ok, type Result } from '../../shared/result.ts'
import { INSECURE_SERVER, isSecureServer } from '../../shared/secure-server.ts'

export type Server = {
  /** Scheme, host and port: what keys are bound to. */
  readonly origin: string
  /** For people; international names in their ASCII form, so that lookalikes look different. */
  readonly host: string
}

/** Reads a server's address. Fails for one that cannot be read, and for one to which keys would travel in the open. */
export function readServer(baseUrl: string): Result<Server> {
  if (!URL.canParse(baseUrl)) return refuse(`${baseUrl.slice(0, 200)} is not the address of a server.`)
  const url = new URL(baseUrl)
  if (!isSecureServer(url.href)) return refuse(`Nothing was sent to ${url.host}. ${INSECURE_SERVER}`)
  return ok({ origin: url.origin, host: url.host })
}

function refuse(message: string): Result<never> {
  return fail({ kind: 'credentials', reason: 'insecure_server', message })
}
