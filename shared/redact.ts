/**
 * Takes secrets out of addresses before they are shown, kept in a result or logged: user info, query values,
 * fragments and the content of data URIs. Works on text by pattern, because `shared/` has no URL class and
 * server messages quote addresses anywhere.
 */

const ADDRESS = /\b(https?:\/\/)([^\s"'<>]*)/gi
const DATA_URI = /\bdata:([\w.+/-]*)((?:;[\w.+=-]+)*),[^\s"'<>]*/gi
/** Long enough for every message worth reading; a server may quote a whole body. */
const MAX_TEXT = 2000

/** One address without user info, query values and fragment; the names of query members stay. */
export function redactUrl(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)?([^?#]*)(?:\?([^#]*))?/i.exec(url)
  if (!match) return ''
  const [, scheme = '', rest = '', query] = match
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const path = slash < 0 ? '' : rest.slice(slash)
  const host = scheme ? authority.slice(authority.lastIndexOf('@') + 1) : authority
  return scheme + host + path + redactQuery(query)
}

/** What stands where an address belongs: a web address, a data URI, or text that is neither and is cut short. */
export function redactAddress(address: string): string {
  return (/^data:/i.test(address) ? redactText(address) : redactUrl(address)).slice(0, 200)
}

/** Any text with every address in it redacted. */
export function redactText(text: string): string {
  return text
    .slice(0, MAX_TEXT * 4)
    .replace(DATA_URI, (_all, mime: string) => `data:${mime},…`)
    .replace(ADDRESS, (address) => redactUrl(address))
    .slice(0, MAX_TEXT)
}

/** Redacts every string inside plain data, at any depth. */
export function redactDeep(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redactDeep)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, redactDeep(member)]))
  }
  return value
}

/** Members that carry keys by their name; OCR results have none, but a server may echo a request. */
const SECRET_NAMES = /^(app_?key|app_?token|authorization|headers)$/i

/** Plain data without the members that hold keys, at any depth. Text is left as it is: it may be what was read. */
export function dropSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropSecrets)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !SECRET_NAMES.test(name))
  return Object.fromEntries(kept.map(([name, member]) => [name, dropSecrets(member)]))
}

function redactQuery(query: string | undefined): string {
  if (!query) return ''
  const names = query.split('&').map((part) => part.split('=', 1)[0] ?? '')
  return `?${names.map((name) => `${name}=…`).join('&')}`
}
