import { Agent, fetch, type RequestInit, type Response } from 'undici'

export type ApiFetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * A POST gets a connection of its own (`pipelining: 0`): on one kept alive, a server that closes it in that
 * moment would make a request that was never read look like a lost reply.
 */
const fresh = new Agent({
  pipelining: 0,
  connect: { timeout: 10_000 },
  headersTimeout: 0,
  bodyTimeout: 60_000,
})
const kept = new Agent({ connect: { timeout: 10_000 }, keepAliveTimeout: 4000, bodyTimeout: 60_000 })

/** fetch for engines. Timeouts of a whole request come by its signal. */
export const apiFetch: ApiFetch = (url, init) =>
  fetch(url, { ...init, dispatcher: init.method === 'GET' ? kept : fresh })
