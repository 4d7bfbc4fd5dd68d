import { takeTurns } from './take-turns.ts'

const DEEPEST = 1000

/**
 * The keys of the top-level member `urls` in the order of the JSON text. A JavaScript object would put keys like "10" first;
 * the reply of the GET promises the sender's own order. `json` must be valid JSON; a repeated key counts where it stood first.
 * Undefined where something is nested deeper than can be worked with.
 */
export async function readUrlKeys(json: string): Promise<string[] | undefined> {
  const turn = takeTurns()
  const keys = new Set<string>()
  let depth = 0
  let member = ''
  let isInUrls = false
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at]
    if (mark === '"') {
      const end = findStringEnd(json, at)
      if ((depth === 1 || (depth === 2 && isInUrls)) && isFollowedByColon(json, end)) {
        const name = String(JSON.parse(json.slice(at, end)))
        if (depth === 1) member = name
        else keys.add(name)
      }
      at = end - 1
      await turn()
    } else if (mark === '{' || mark === '[') {
      depth += 1
      if (depth > DEEPEST) return undefined
      if (depth === 2) {
        isInUrls = mark === '{' && member === 'urls'
        // The last of several `urls` members is the one that JSON.parse keeps.
        if (isInUrls) keys.clear()
      }
    } else if (mark === '}' || mark === ']') {
      depth -= 1
      if (depth === 1) isInUrls = false
    }
  }
  return [...keys]
}

/** By `indexOf`, not by a pattern: a string may be a data URI of megabytes. */
function findStringEnd(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at > 0; at = json.indexOf('"', at + 1)) {
    let slashes = 0
    while (json[at - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
  return json.length
}

function isFollowedByColon(json: string, from: number): boolean {
  let at = from
  while (at < json.length && ' \t\r\n'.includes(json[at] ?? '')) at += 1
  return json[at] === ':'
}
