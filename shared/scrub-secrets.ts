/**
 * Takes the text of keys out of what comes from a server, is logged, shown or copied: a server may say a key back in an error, a program
 * in its last words. Addresses and members with telling names are the business of `redact.ts`.
 */

/** What stands where a key stood. */
export const SCRUBBED = '[key removed]'

/** Anything shorter is no key of any service, and would take letters out of ordinary words. */
const MIN_LENGTH = 6

export type Scrub = (text: string) => string

/** Remembers secrets for the life of the process and takes them out of any text, in any case and writing: percent-encoded, quoted, as HTML spells it. */
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
  return trimmed.length < MIN_LENGTH ? [] : [trimmed]
}

/** The longest first, so that no end of one is left behind. */
function createPattern(forms: Iterable<string>): RegExp {
  const longestFirst = [...forms].sort((one, other) => other.length - one.length)
  return new RegExp(longestFirst.map(spellForm).join('|'), 'gi')
}

/** A secret that was cut short is one still when so much of it is left. */
const CUT_LENGTH = 12

/**
 * In any writing. Who quotes a text puts backslashes into it, and more for each quote; who cuts it short leaves its beginning.
 */
function spellForm(form: string): string {
  const signs = Array.from(form, spellSign)
  const least = Math.max(CUT_LENGTH, Math.ceil(signs.length / 2))
  const end = signs.slice(least).reduceRight((rest, sign) => `(?:\\\\*${sign}${rest})?`, '')
  return signs.slice(0, least).join('\\\\*') + end
}

/** One sign as it is, percent-encoded however often, as an escape of JSON, or as HTML spells it. */
function spellSign(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  const hex = code.toString(16)
  // Half of a pair has no bytes of its own.
  const bytes = /\p{Cs}/u.test(sign) ? sign : encodeURIComponent(sign)
  const percent = bytes.startsWith('%') ? bytes.slice(1).split('%') : [hex.padStart(2, '0')]
  const spelled = [
    escapeForPattern(sign),
    percent.map((byte) => `%(?:25)*${byte}`).join(''),
    `u${hex.padStart(4, '0')}`,
    `&(?:amp;)*#(?:0*${String(code)}|x0*${hex});`,
    ...(NAMED.get(sign) ?? []),
  ]
  return `(?:${spelled.join('|')})`
}

const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  ['&', ['&(?:amp;)+']],
  ['<', ['&(?:amp;)*lt;']],
  ['>', ['&(?:amp;)*gt;']],
  ['"', ['&(?:amp;)*quot;']],
  ["'", ['&(?:amp;)*apos;']],
  [' ', ['\\+']],
])

const escapeForPattern = (sign: string): string => (/[\w\s]/.test(sign) ? sign : `\\${sign}`)
