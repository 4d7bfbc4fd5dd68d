import { engineError, type Outcome } from './errors.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Levels; whoever walks, copies or writes more of them later would run out of stack. */
const DEEPEST = 1000

/** JSON text that must be an object and not nested too deep, as every request body and `options_json` is. */
export function parseJsonObject(text: string): Outcome<JsonObject> {
  if (isNestedTooDeep(text)) return fault('Request is nested too deep')
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? { ok: true, value } : fault('Request is not a JSON object')
  } catch {
    return fault()
  }
}

const fault = (message?: string): Outcome<never> => ({
  ok: false,
  error: engineError('json_syntax', {}, message),
})

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNestedTooDeep(json: string): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at]
    if (mark === '"') at = findStringEnd(json, at) - 1
    else if (mark === '{' || mark === '[') depth += 1
    else if (mark === '}' || mark === ']') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}

/** Behind the closing quotation mark. By `indexOf`, not by a pattern: a string may be a data URI of megabytes. */
export function findStringEnd(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at > 0; at = json.indexOf('"', at + 1)) {
    let slashes = 0
    while (json[at - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
  return json.length
}
