/**
 * Takes the text of keys out of what comes from a server, is logged, shown or copied: a server may say a key back in an error, a program
 * in its last words. Addresses and members with telling names are the business of `redact.ts`.
 */

/** What stands where a key stood. */
export const SCRUBBED = '[key removed]'

/** Anything shorter is no key of any service, and would take letters out of ordinary words. */
const MIN_LENGTH = 6

export type Scrub = (text: string) => string

/** Remembers secrets for the life of the process and takes them out of any text, in any case, also percent-encoded or escaped. */
export class KnownSecrets {
  readonly #forms = new Set<string>()
  #pattern: RegExp | undefined

  add(...secrets: readonly string[]): void {
    const before = this.#forms.size
    for (const secret of secrets) for (const form of formsOf(secret)) this.#forms.add(form)
    if (this.#forms.size > before) this.#pattern = createPattern(this.#forms)
  }

  readonly scrub: Scrub = (text) => (this.#pattern ? text.replace(this.#pattern, SCRUBBED) : text)
}

/** A scrubber for the secrets of one request. */
export function createScrub(secrets: readonly string[]): Scrub {
  const known = new KnownSecrets()
  known.add(...secrets)
  return known.scrub
}

/** Every string inside plain data, at any depth, and the names of its members. */
export function scrubDeep(value: unknown, scrub: Scrub): unknown {
  if (typeof value === 'string') return scrub(value)
  if (Array.isArray(value)) return value.map((entry) => scrubDeep(entry, scrub))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [scrub(name), scrubDeep(member, scrub)]),
  )
}

function formsOf(secret: string): string[] {
  const trimmed = secret.trim()
  return trimmed.length < MIN_LENGTH ? [] : [trimmed, encodeURIComponent(trimmed)]
}

/** The longest first, so that no end of one is left behind. Who quotes a text puts backslashes into it, and more for each quote. */
function createPattern(forms: Iterable<string>): RegExp {
  const longestFirst = [...forms].sort((one, other) => other.length - one.length)
  const patterns = longestFirst.map((form) => Array.from(form, escapeForPattern).join('\\\\*'))
  return new RegExp(patterns.join('|'), 'gi')
}

const escapeForPattern = (sign: string): string => (/[\w\s]/.test(sign) ? sign : `\\${sign}`)
