import type { Scrub } from '../../shared/scrub-secrets.ts'
import { MAX_DEPTH } from '../cut-depth.ts'

/**
 * Makes a parsed reply safe to keep, in place: what is nested too deep is taken out (whoever walks or writes it later would run out of
 * stack), and keys are taken out of every text and name. The names of images, in `keys` and `results`, are our own and stay.
 */
export function cleanReply(body: Record<string, unknown>, scrub: Scrub): void {
  for (const [name, member] of Object.entries(body)) {
    if (name === 'results' && isObject(member)) {
      for (const key of Object.keys(member))
        cleanMember(member, key, MAX_DEPTH - 1, { scrub, scrubName: keep })
    } else cleanMember(body, name, MAX_DEPTH, { scrub: name === 'keys' ? keep : scrub })
  }
}

const keep: Scrub = (text) => text

type Scrubs = { readonly scrub: Scrub; readonly scrubName?: Scrub }

function cleanMember(owner: object, name: string, left: number, { scrub, scrubName = scrub }: Scrubs): void {
  const member: unknown = Reflect.get(owner, name)
  const cleanName = scrubName(name)
  const isTooDeep = left === 0 && isObject(member)
  if (isTooDeep || cleanName !== name) Reflect.deleteProperty(owner, name)
  if (isTooDeep) return
  if (isObject(member))
    for (const inner of Object.keys(member)) cleanMember(member, inner, left - 1, { scrub })
  const value = typeof member === 'string' ? scrub(member) : member
  // Defined, not assigned: a member may be called `__proto__`.
  if (cleanName !== name || value !== member)
    Object.defineProperty(owner, cleanName, { value, enumerable: true, writable: true, configurable: true })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
